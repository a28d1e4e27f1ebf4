import t from 'tap'
import { accessClaimRule } from '../../src/access/action-rule.js'
import { decide, type Policy, type Subject } from '../../src/access/decide.js'

const closed: Policy = { anonymous: [], rule: accessClaimRule, dynamicDepth: false }
const readable: Policy = { ...closed, anonymous: ['pull'] }
const dynamic: Policy = { ...closed, dynamicDepth: true }

const nobody: Subject = { kind: 'anonymous' }
const writer: Subject = { kind: 'user', name: 'ci', actions: ['pull', 'push'] }
const reader: Subject = { kind: 'user', name: 'helm', actions: ['pull'] }
const token = (...access: unknown[]): Subject => ({ kind: 'token', name: 'ci', claims: { access } })
const entry = (name: string, ...actions: string[]): Record<string, unknown> => ({ type: 'artifact-repository', name, actions })

// Each row: who, which policy, and what of (pull, push) is allowed for the tenant.
const rows: ReadonlyArray<readonly [string, Subject, Policy, string, readonly [pull: boolean, push: boolean]]> = [
  ['nobody', nobody, closed, '', [false, false]],
  ['nobody, reading being free', nobody, readable, 'org1/repo1', [true, false]],
  ['a writer', writer, closed, 'org1', [true, true]],
  ['a reader', reader, closed, '', [true, false]],
  ['a token for both', token(entry('org1/repo1', 'pull', 'push')), closed, 'org1/repo1', [true, true]],
  ['a token for reading', token(entry('org1/repo1', 'pull')), closed, 'org1/repo1', [true, false]],
  ['a token for writing reads not', token(entry('org1/repo1', 'push')), closed, 'org1/repo1', [false, true]],
  ['a token of several entries', token(entry('a', 'pull'), entry('b', 'pull'), entry('b', 'push')), closed, 'b', [true, true]],
  ['a token of another tenant', token(entry('org1/repo2', 'pull', 'push')), closed, 'org1/repo1', [false, false]],
  ['a token of the tenant above', token(entry('org1', 'pull', 'push')), closed, 'org1/repo1', [false, false]],
  ['a token of a tenant below', token(entry('org1/repo1', 'pull', 'push')), closed, 'org1', [false, false]],
  ['a token in other case', token(entry('ORG1', 'pull')), closed, 'org1', [false, false]],
  ['a token of a star', token(entry('*', '*')), closed, 'org1', [false, false]],
  ['a token of another type', token({ ...entry('org1', 'pull'), type: 'repository' }), closed, 'org1', [false, false]],
  ['the root is called repo', token(entry('repo', 'pull')), closed, '', [true, false]],
  ['no token is for the empty name', token(entry('', 'pull', 'push')), closed, '', [false, false]],
  ['a tenant called repo, at fixed depth', token(entry('repo', 'pull')), closed, 'repo', [true, false]],
  ['a tenant called repo, where the root is served too', token(entry('repo', 'pull', 'push')), dynamic, 'repo', [false, false]],
  ['and the root there', token(entry('repo', 'pull', 'push')), dynamic, '', [true, true]],
  ['a user there', writer, dynamic, 'repo', [true, true]]
]

t.test('who may do what', async t => {
  for (const [title, subject, policy, tenant, [pull, push]] of rows) {
    t.equal(decide(subject, { action: 'pull', tenant }, policy), pull, `${title}: pull`)
    t.equal(decide(subject, { action: 'push', tenant }, policy), push, `${title}: push`)
  }
})

t.test('claims of other shapes allow nothing, and break nothing', async t => {
  for (const access of [undefined, null, 'pull', 7, {}, { name: 'a', type: 'artifact-repository', actions: ['pull'] }, [null], ['a'], [[]], [{}],
    [{ type: 'artifact-repository', name: 'a' }], [{ type: 'artifact-repository', name: 'a', actions: 'pull' }], [{ type: 'artifact-repository', name: ['a'], actions: ['pull'] }],
    [{ type: 'artifact-repository', name: 'a', actions: [['pull']] }]]) {
    const subject: Subject = { kind: 'token', name: 'x', claims: access === undefined ? {} : { access } }
    t.equal(decide(subject, { action: 'pull', tenant: 'a' }, closed), false, JSON.stringify(access))
  }
})
