import t from 'tap'
import type { Flag } from '../../src/cli/command.js'
import { parseFlags } from '../../src/cli/flags.js'

const declared: Flag[] = [
  { name: 'debug', type: 'bool', usage: '' },
  { name: 'all-namespaces', short: 'A', type: 'bool', usage: '' },
  { name: 'short', short: 'q', type: 'bool', usage: '' },
  { name: 'namespace', short: 'n', type: 'string', usage: '' },
  { name: 'wait', type: 'string', bareValue: 'watcher', default: 'hookOnly', usage: '' },
  { name: 'max', short: 'm', type: 'int', default: '256', usage: '' },
  { name: 'timeout', type: 'duration', default: '5m0s', usage: '' },
  { name: 'values', short: 'f', type: 'strings', usage: '' },
  { name: 'set', type: 'stringArray', usage: '' },
  { name: 'labels', short: 'l', type: 'stringToString', usage: '' }
]

t.test('flags and arguments may be mixed', async t => {
  const { flags, args } = parseFlags(['web', '--debug', 'repo/chart', '-n', 'prod', '--max=3'], declared)
  t.strictSame(args, ['web', 'repo/chart'])
  t.equal(flags.bool('debug'), true)
  t.equal(flags.string('namespace'), 'prod')
  t.equal(flags.int('max'), 3)
})

t.test('short flags: grouped, with a value behind or after =', async t => {
  t.equal(parseFlags(['-Aq'], declared).flags.bool('short'), true)
  t.equal(parseFlags(['-nprod'], declared).flags.string('namespace'), 'prod')
  t.equal(parseFlags(['-n=prod'], declared).flags.string('namespace'), 'prod')
  t.equal(parseFlags(['-Anprod'], declared).flags.string('namespace'), 'prod')
  t.equal(parseFlags(['-A=false'], declared).flags.bool('all-namespaces'), false)
})

t.test('a bool, and a flag with a bare value, take a value only after =', async t => {
  const parsed = parseFlags(['--wait', 'web', '--debug', 'false'], declared)
  t.equal(parsed.flags.string('wait'), 'watcher')
  t.equal(parsed.flags.bool('debug'), true)
  t.strictSame(parsed.args, ['web', 'false'])
  t.equal(parseFlags(['--wait=legacy'], declared).flags.string('wait'), 'legacy')
  t.equal(parseFlags([], declared).flags.string('wait'), 'hookOnly')
})

t.test('lists: an array keeps commas, strings are CSV, pairs are k=v', async t => {
  const { flags } = parseFlags(['--set', 'a=1,b=2', '--set', 'c=3', '-f', 'x.yaml,"y,z.yaml"', '-f', 'w.yaml', '-l', 'a=b,c=d=e'], declared)
  t.strictSame(flags.list('set'), ['a=1,b=2', 'c=3'])
  t.strictSame(flags.list('values'), ['x.yaml', 'y,z.yaml', 'w.yaml'])
  t.strictSame([...flags.pairs('labels')], [['a', 'b'], ['c', 'd=e']])
  t.equal(flags.milliseconds('timeout'), 300_000)
})

t.test('after -- everything is an argument', async t => {
  t.strictSame(parseFlags(['a', '--', '--debug', '-n'], declared).args, ['a', '--debug', '-n'])
  t.strictSame(parseFlags(['-'], declared).args, ['-'])
})

t.test('mistakes are told in the words of pflag', async t => {
  const wrong: Array<[string[], string]> = [
    [['--nope'], 'unknown flag: --nope'],
    [['-Az'], "unknown shorthand flag: 'z' in -Az"],
    [['--namespace'], 'flag needs an argument: --namespace'],
    [['-n'], "flag needs an argument: 'n' in -n"],
    [['--debug=maybe'], 'invalid argument "maybe" for "--debug" flag: strconv.ParseBool: parsing "maybe": invalid syntax'],
    [['-m', 'many'], 'invalid argument "many" for "-m, --max" flag: strconv.ParseInt: parsing "many": invalid syntax'],
    [['--timeout', '1x'], 'invalid argument "1x" for "--timeout" flag: time: unknown unit "x" in duration "1x"'],
    [['-l', 'a'], 'invalid argument "a" for "-l, --labels" flag: a must be formatted as key=value'],
    [['--=x'], 'bad flag syntax: --=x']
  ]
  for (const [argv, message] of wrong) t.throws(() => parseFlags(argv, declared), { message })
})

t.test('help is a flag that every command has', async t => {
  t.equal(parseFlags(['--help'], declared).help, true)
  t.equal(parseFlags(['-h'], declared).help, true)
})
