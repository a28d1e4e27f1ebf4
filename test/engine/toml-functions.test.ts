import t from 'tap'
import { tomlFunctions } from '../../src/engine/toml-functions.js'
import { formatValue } from '../../src/go/fmt.js'
import type { Value } from '../../src/go/value.js'

const call = (name: string, argument: Value, zone?: string): Value => {
  const functions = tomlFunctions({ clock: () => new Date('2024-07-01T00:00:00Z'), ...(zone === undefined ? {} : { zone }) })
  return functions.get(name)?.call(argument) ?? null
}

t.test('a date without an offset has the offset that the local zone has now', async t => {
  const text = 'a = 1979-01-27'
  t.equal(formatValue(call('fromToml', text)), 'map[a:1979-01-27 00:00:00 +0000 date-local]')
  t.equal(formatValue(call('fromToml', text, 'Europe/Paris')), 'map[a:1979-01-27 00:00:00 +0200 date-local]')
  t.equal(formatValue(call('fromToml', text, 'No/Where')), 'map[a:1979-01-27 00:00:00 +0000 date-local]')
})

t.test('an error is a map, save for what makes Helm’s encoder stumble', async t => {
  t.strictSame(call('fromToml', 'a'), new Map([['Error', "toml: line 1: unexpected EOF; expected key separator '='"]]))
  t.equal(call('toToml', [new Map([['a', 1]])]), 'toml: top-level values must be Go maps or structs')
  t.throws(() => call('mustToToml', [new Map([['a', 1]])]), { name: 'SprigError', code: 'type' })
  t.throws(() => call('toToml', null), { name: 'SprigError', code: 'nil' })
})
