import t from 'tap'
import { kindOf, typeOf } from '../../src/go/type-name.js'
import { GoObject, Int, int, int64, type Value } from '../../src/go/value.js'

class Version extends GoObject {
  readonly goType = '*semver.Version'
  readonly goKind = 'ptr'
  override field (): undefined {
    return undefined
  }
}

t.test('types and kinds', async t => {
  const names: ReadonlyArray<readonly [Value, string, string]> = [
    [null, '<nil>', 'invalid'], [true, 'bool', 'bool'], [1.5, 'float64', 'float64'], ['a', 'string', 'string'], [int(1), 'int', 'int'], [int64(1), 'int64', 'int64'],
    [new Int('uint8', 1n), 'uint8', 'uint8'], [Uint8Array.of(1), '[]uint8', 'slice'], [[], '[]interface {}', 'slice'], [new Map(), 'map[string]interface {}', 'map'],
    [new Version(), '*semver.Version', 'ptr']
  ]
  for (const [value, type, kind] of names) {
    t.equal(typeOf(value), type)
    t.equal(kindOf(value), kind, type)
  }
})
