import { compare as bcryptCompare, hashSync } from 'bcryptjs'
import t from 'tap'
import type { Subject } from '../../src/access/decide.js'
import { parseHtpasswd } from '../../src/access/htpasswd.js'
import { PasswordCheck } from '../../src/access/password-check.js'
import { readCredentials } from '../../src/access/credentials.js'
import { Users, type UserSources } from '../../src/access/users.js'

/** bcrypt would take its time: here a hash says which password it is of. */
function fakeBcrypt (): { compare: (password: string, hash: string) => Promise<boolean>, asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    compare: async (password, hash) => {
      asked.push(password)
      return hash === fakeHash(password)
    }
  }
}

const fakeHash = (password: string): string => `$2b$05$${Buffer.from(password).toString('hex').padEnd(53, '.')}`
const clock = (): Date => new Date(0)

async function signIn (sources: Omit<UserSources, 'check'>, pair: string, check = new PasswordCheck(fakeBcrypt().compare, clock)): Promise<Subject | undefined> {
  const credentials = readCredentials(`Basic ${Buffer.from(pair).toString('base64')}`)
  return credentials.kind === 'password' ? await new Users({ ...sources, check }).signIn(credentials) : undefined
}

const file = (actions: ReadonlyArray<'pull' | 'push'>, ...users: string[]): UserSources['files'][number] => ({
  actions,
  current: parseHtpasswd(users.map(user => `${user}:${fakeHash(`${user}'s`)}`).join('\n'), 'users')
})

t.test('the one user', async t => {
  const sources = { single: { name: 'ci', password: 's:ecret' }, files: [] }
  t.strictSame(await signIn(sources, 'ci:s:ecret'), { kind: 'user', name: 'ci', actions: ['pull', 'push'] })
  for (const wrong of ['ci:', 'ci:s', 'ci:s:ecret ', 'CI:s:ecret', ':s:ecret', 'c:i:s:ecret', 'ci:s:ecre', 'other:s:ecret']) t.equal(await signIn(sources, wrong), undefined, wrong)
})

t.test('users of files may do what their file says; who stands in both may do less', async t => {
  const files = [file(['pull'], 'helm', 'both'), file(['pull', 'push'], 'ci', 'both')]
  t.match(await signIn({ files }, "ci:ci's"), { name: 'ci', actions: ['pull', 'push'] })
  t.match(await signIn({ files }, "helm:helm's"), { name: 'helm', actions: ['pull'] })
  t.match(await signIn({ files }, "both:both's"), { name: 'both', actions: ['pull'] })
  for (const wrong of ['ci:', "helm:ci's", 'nobody:nothing', "constructor:constructor's"]) t.equal(await signIn({ files }, wrong), undefined, wrong)
  t.match(await signIn({ single: { name: 'ci', password: 'other' }, files }, 'ci:other'), { name: 'ci' })
  t.equal(await signIn({ single: { name: 'ci', password: 'other' }, files }, "ci:ci's"), undefined, 'the one user is nobody else')
})

t.test('a name that is not there costs as much as one that is', async t => {
  const { compare, asked } = fakeBcrypt()
  t.equal(await signIn({ files: [file(['pull'], 'helm')] }, 'nobody:guess', new PasswordCheck(compare, clock)), undefined)
  t.strictSame(asked, ['guess'])
  t.equal(await signIn({ files: [file(['pull'])] }, 'nobody:guess'), undefined, 'an empty file lets nobody in')
})

t.test('a password is compared once a minute, and at once when the hash changes', async t => {
  const { compare, asked } = fakeBcrypt()
  let time = 0
  const check = new PasswordCheck(compare, () => new Date(time))
  const hash = fakeHash('right')
  t.strictSame(await Promise.all([check.matches('right', hash), check.matches('right', hash), check.matches('wrong', hash)]), [true, true, false])
  t.strictSame(asked, ['right', 'wrong'], 'requests at the same time share one comparison')
  for (let request = 0; request < 300; request++) await check.matches('right', hash)
  await check.matches('wrong', hash)
  t.equal(asked.length, 2)
  t.equal(await check.matches('right', fakeHash('another')), false)
  t.equal(asked.length, 3)
  time += 61_000
  t.equal(await check.matches('right', hash), true)
  t.equal(asked.length, 4)
})

t.test('guesses at once are turned away, and a fault is not remembered', async t => {
  let fail = true
  const check = new PasswordCheck(async () => {
    if (fail) throw new Error('the thread ended')
    return true
  }, clock)
  await t.rejects(check.matches('a', 'hash'), /the thread ended/)
  fail = false
  t.equal(await check.matches('a', 'hash'), true)

  const never = new PasswordCheck(() => new Promise(() => undefined), clock)
  for (let guess = 0; guess < 64; guess++) never.matches(String(guess), 'hash').catch((error: unknown) => t.fail(String(error)))
  await t.rejects(never.matches('one more', 'hash'), { code: 'busy' })
})

t.test('it is bcrypt that is spoken', async t => {
  const hashes = parseHtpasswd(`team-a:${hashSync('pass word', 4).replace('$2b$', '$2y$')}`, 'users')
  const check = new PasswordCheck((password, hash) => bcryptCompare(password, hash), clock)
  t.match(await signIn({ files: [{ current: hashes, actions: ['pull'] }] }, 'team-a:pass word', check), { name: 'team-a' })
  t.equal(await signIn({ files: [{ current: hashes, actions: ['pull'] }] }, 'nobody:pass word', check), undefined, 'the hash of nobody is well formed')
})
