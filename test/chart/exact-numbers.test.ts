import t from 'tap'
import { withExactNumbers } from '../../src/chart/exact-numbers.js'
import { Int, type Value } from '../../src/go/value.js'
import { unmarshalYaml } from '../../src/go/yaml.js'

function read (yaml: string): Value {
  return withExactNumbers(unmarshalYaml(yaml), yaml)
}

t.test('great integers keep their digits, other great numbers the text that Helm gives them', async t => {
  t.strictSame(read('a: 20240101123045123'), new Map([['a', new Int('int64', 20240101123045123n)]]))
  t.strictSame(read('a: 18446744073709551615'), new Map([['a', new Int('int64', 18446744073709551615n)]]))
  t.strictSame(read('a: 0xFFFFFFFFFFFFF'), new Map([['a', new Int('int64', 4503599627370495n)]]))
  t.strictSame(read('a: 1234e5'), new Map([['a', '1.234e+08']]))
  t.strictSame(read('a: 1000000.0'), new Map([['a', '1e+06']]))
  t.strictSame(read('a: [1, 2.5, x, 5000000]\n9999999: 7'), new Map<string, Value>([['a', [1, 2.5, 'x', new Int('int64', 5000000n)]], ['9999999', 7]]))
  t.strictSame(read('a: &x {b: 1000000}\nc: "2000000"\n---\nd: 3000000'), new Map<string, Value>([['a', new Map([['b', new Int('int64', 1000000n)]])], ['c', '2000000']]))
})

t.test('where it is not clear which is which, nothing is changed', async t => {
  t.strictSame(read('a: &x 1000000\nb: *x'), new Map([['a', 1000000], ['b', 1000000]]))
  t.strictSame(read('a: 1000000\na: 2000000'), new Map([['a', 2000000]]))
  const small = unmarshalYaml('a: 5')
  t.equal(withExactNumbers(small, 'a: 5'), small)
})
