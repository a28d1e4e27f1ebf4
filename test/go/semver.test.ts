import t from 'tap'
import { CodedError } from '../../src/errors.js'
import { formatValue } from '../../src/go/fmt.js'
import { Constraints, Version } from '../../src/go/semver.js'
import { evaluate, type Functions } from '../compat/call.js'
import { recordedCases } from '../compat/case-file.js'
import { collections, textOf } from '../compat/collections.js'

const functions: Functions = {
  ...collections,
  semverCompare: (constraint = null, version = null) => Constraints.parse(textOf(constraint)).check(Version.parse(textOf(version)))
}

t.test('as Helm compares', async t => {
  for (const { name, call = '', result } of recordedCases('semver')) {
    if (result.error === undefined) {
      t.equal(formatValue(evaluate(call, { functions })), result.output, name)
      continue
    }
    try {
      evaluate(call, { functions })
      t.fail(`${name} must be refused`)
    } catch (error) {
      t.ok(error instanceof CodedError && result.error.replace(/\n\nUse --debug .*$/, '').endsWith(`: ${error.message}`), name)
    }
  }
})

t.test('versions are read loosely', async t => {
  const read: Array<[string, string]> = [['1.2.3', '1.2.3'], ['v1', '1.0.0'], ['1.02', '1.2.0'], ['01.2.3', '1.2.3'], ['1.2.3-rc.1+b.2', '1.2.3-rc.1+b.2'], ['1-beta', '1.0.0-beta']]
  for (const [text, full] of read) {
    t.equal(Version.parse(text).toString(), full, text)
    t.equal(Version.parse(text).original, text)
  }
  const refused: Array<[string, string]> = [
    ['1.2.3.4', 'invalid semantic version'], [' 1.2.3', 'invalid semantic version'], ['1.2.3-', 'invalid semantic version'], ['x', 'invalid semantic version'], ['', 'invalid semantic version'],
    ['1.2.3-01', 'version segment starts with 0'],
    ['99999999999999999999', 'error parsing version segment: strconv.ParseUint: parsing "99999999999999999999": value out of range'],
    ['1'.repeat(257), 'version string is too long (max 256 bytes)']
  ]
  for (const [text, message] of refused) t.throws(() => Version.parse(text), { code: 'invalid-version', message }, text)
})

t.test('or strictly', async t => {
  t.equal(Version.strict('1.2.3-rc.1+b').prerelease, 'rc.1')
  const refused: Array<[string, string]> = [
    ['', 'version string empty'], ['1.2', 'invalid semantic version'], ['v1.2.3', 'invalid characters in version'], ['01.2.3', 'version segment starts with 0'],
    ['1.2.3-01', 'version segment starts with 0'], ['1.2.3-a_b', 'invalid prerelease string'], ['1.2.3+a_b', 'invalid metadata string']
  ]
  for (const [text, message] of refused) t.throws(() => Version.strict(text), { message }, text)
  t.equal(Version.isStrict('1.2.3-rc.1+b'), true)
  for (const [text] of refused) t.equal(Version.isStrict(text), false, text)
})

t.test('precedence', async t => {
  const ascending = ['0.9.9', '1.0.0-1', '1.0.0-2', '1.0.0-10', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-rc.2', '1.0.0-rc.10', '1.0.0', '1.0.1', '1.10.0', '2.0.0']
  const shuffled = [...ascending].reverse().sort((a, b) => Version.parse(a).compare(Version.parse(b)))
  t.strictSame(shuffled, ascending)
  t.equal(Version.parse('1.0.0+a').compare(Version.parse('1.0.0+b')), 0)
})

// The table of Masterminds/semver as Helm's users meet it: a constraint, versions that meet it, versions that do not.
const table: Array<[string, string[], string[]]> = [
  ['*', ['1.0.0', '0.0.0'], ['1.0.0-rc.1']],
  ['1.2', ['1.2.0', '1.2.9'], ['1.3.0', '1.1.9']],
  ['=1.2', ['1.2.9'], ['1.3.0']],
  ['1.2.3', ['1.2.3', '1.2.3+b', 'v1.2.3'], ['1.2.4', '1.2.3-rc']],
  ['!=1.x', ['2.0.0'], ['1.2.0']],
  ['!=1.2.3', ['1.2.4'], ['1.2.3']],
  ['!=1.2', ['1.3.0', '2.2.0'], ['1.2.5']],
  ['>1', ['2.0.0'], ['1.5.0', '1.0.1']],
  ['>1.1', ['1.2.0'], ['1.1.9']],
  ['>1.1.1', ['1.1.2'], ['1.1.1']],
  ['>=1', ['1.0.0', '9.0.0'], ['0.9.9', '1.1.0-rc.1']],
  ['>=1.0.0-0', ['1.1.0-rc.1', '1.0.0'], ['0.9.0']],
  ['<2', ['1.9.9'], ['2.0.0']],
  ['<=1', ['1.9.9'], ['2.0.0']],
  ['<=1.1', ['1.1.9'], ['1.2.0']],
  ['=<1.1.1', ['1.1.1'], ['1.1.2']],
  ['=>1.1.1', ['1.1.1'], ['1.1.0']],
  ['~1.2.3', ['1.2.3', '1.2.9'], ['1.3.0', '1.2.2']],
  ['~>1.2', ['1.2.0', '1.2.9'], ['1.3.0']],
  ['~1', ['1.0.0', '1.9.9'], ['2.0.0']],
  ['^1.2.3', ['1.2.3', '1.9.9'], ['2.0.0', '1.2.2']],
  ['^0.2.3', ['0.2.3', '0.2.9'], ['0.3.0']],
  ['^0.0.3', ['0.0.3'], ['0.0.4']],
  ['^0.0', ['0.0.9'], ['0.1.0']],
  ['^0', ['0.9.9'], ['1.0.0']],
  ['1 - 2', ['1.0.0', '2.5.0'], ['3.0.0', '0.9.0']],
  ['1.0.0 - 2.0.0', ['2.0.0'], ['2.0.1']],
  ['>=1 <3', ['2.0.0'], ['3.0.0']],
  ['>=1, <3', ['2.0.0'], ['3.0.0']],
  ['<1 || >=3', ['0.5.0', '3.0.0'], ['2.0.0']],
  ['>=1.2.3-beta <2', ['1.3.0-alpha', '1.2.3'], ['2.0.0', '1.2.3-alpha']],
  ['1.x || 2.0.0-rc.1', ['1.5.0', '2.0.0-rc.1'], ['1.5.0-rc.1']]
]

t.test('constraints', async t => {
  for (const [text, meets, fails] of table) {
    const constraints = Constraints.parse(text)
    for (const version of meets) t.ok(constraints.check(Version.parse(version)), `${version} meets ${JSON.stringify(text)}`)
    for (const version of fails) t.notOk(constraints.check(Version.parse(version)), `${version} does not meet ${JSON.stringify(text)}`)
  }
})

t.test('what is no constraint', async t => {
  const refused: Array<[string, string]> = [
    ['', 'improper constraint: ""'], ['nonsense', 'improper constraint: "nonsense"'], ['1.2.3.4', 'improper constraint: "1.2.3.4"'], ['>', 'improper constraint: ">"'], ['1 ||', 'improper constraint: ""'],
    ['1|2', 'constraint parser error'], ['1'.repeat(513), 'constraint string is too long (max 512 bytes)'], [Array(34).join('1||') + '1', 'too many constraint groups (max 32)']
  ]
  for (const [text, message] of refused) t.throws(() => Constraints.parse(text), { code: 'invalid-constraint', message }, text)
  const start = performance.now()
  t.throws(() => Constraints.parse(' '.repeat(255) + '1' + ' '.repeat(255) + '!'))
  t.throws(() => Constraints.parse(`1${'  1'.repeat(160)}!`))
  t.ok(performance.now() - start < 2000, 'a hostile text is refused soon')
})
