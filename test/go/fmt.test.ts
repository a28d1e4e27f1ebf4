import t from 'tap'
import { formatValue, sprint, sprintf, sprintln } from '../../src/go/fmt.js'
import { encode } from '../../src/go/bytes.js'
import { FmtError } from '../../src/go/errors.js'
import { unmarshalYaml } from '../../src/go/yaml.js'
import { Int, GoObject, int, type Value } from '../../src/go/value.js'
import { evaluate, type Functions } from '../compat/call.js'
import { collections, textOf } from '../compat/collections.js'
import { outputBytes, recordedCases } from '../compat/case-file.js'

const functions: Functions = {
  ...collections,
  print: sprint,
  println: sprintln,
  printf: (format, ...args) => sprintf(textOf(format), ...args)
}

t.test('as Helm prints', async t => {
  for (const { name, call = '', values = '', result } of recordedCases('fmt')) {
    const output = evaluate(call, { functions, values: unmarshalYaml(values) })
    t.same(Buffer.from(encode(formatValue(output))), outputBytes(result), name)
  }
})

t.test('bytes', async t => {
  const bytes = Uint8Array.of(104, 105, 255)
  t.equal(sprintf('%v|%d|%x|%X|% x|%s', bytes, bytes, bytes, bytes, bytes, bytes.subarray(0, 2)), '[104 105 255]|[104 105 255]|6869ff|6869FF|68 69 ff|hi')
  t.equal(sprintf('%q|%#v|%#v|%t', bytes, bytes, [bytes], bytes.subarray(0, 1)), '"hi\\xff"|[]byte{0x68, 0x69, 0xff}|[]interface {}{[]uint8{0x68, 0x69, 0xff}}|[%!t(uint8=104)]')
})

t.test('unsigned integers', async t => {
  const big = new Int('uint64', 18446744073709551615n)
  t.equal(sprintf('%v %x %#v %T', big, big, big, big), '18446744073709551615 ffffffffffffffff 0xffffffffffffffff uint64')
})

class Point extends GoObject {
  readonly goType: string
  constructor (readonly goKind: string, readonly text?: string) {
    super()
    this.goType = goKind === 'ptr' ? '*p.Point' : 'p.Point'
  }

  override field (name: string): Value | undefined {
    return new Map(this.fields()).get(name)
  }

  override fields (): ReadonlyArray<readonly [string, Value]> {
    return [['X', int(1)], ['Name', 'a']]
  }

  override string (): string | undefined {
    return this.text
  }
}

t.test('structs, and types with a String method', async t => {
  const point = new Point('struct')
  t.equal(sprintf('%v %+v %#v %T', point, point, point, point), '{1 a} {X:1 Name:a} p.Point{X:1, Name:"a"} p.Point')
  const pointer = new Point('ptr')
  t.equal(sprintf('%v %+v %#v %T', pointer, pointer, pointer, pointer), '&{1 a} &{X:1 Name:a} &p.Point{X:1, Name:"a"} *p.Point')
  t.match(sprintf('%v', [pointer]), /^\[0x[0-9a-f]+\]$/)
  const named = new Point('struct', 'the point')
  t.equal(sprintf('%v|%s|%q|%10.3s|%d', [named], named, named, named, named), '[the point]|the point|"the point"|       the|{1 %!d(string=a)}')
})

t.test('bad input', async t => {
  const loop: Map<string, Value> = new Map()
  loop.set('self', loop)
  t.throws(() => formatValue(loop), FmtError)
  t.throws(() => sprintf('%d', loop), FmtError)
  let deep: Value = []
  for (let i = 0; i < 10_000; i++) deep = [deep]
  t.throws(() => formatValue(deep), { code: 'depth' })
  t.equal(sprintf('%1000000d', int(1)).length, 1_000_000)
  t.equal(sprintf('%99999999d', int(1)), '%!(NOVERB)%!(EXTRA int=1)')
  t.equal(sprintf('%.*f', int(1_000_001), 1), '%!(BADPREC)1.000000')
})
