import t from 'tap'
import { Int, int, type Dict, type Value } from '../../src/go/value.js'
import { loopOver } from '../../src/template/loop.js'

/** What a range over a value goes through: keys and elements. */
function walk (value: Value): unknown {
  const loop = loopOver(value, 'dot')
  if (loop === undefined || loop === 'none') return loop
  t.equal(loop.dot, 'dot')
  const seen: unknown[] = []
  while (++loop.index < loop.length) seen.push([loop.key(), loop.element()])
  return [loop.holdsInterfaces, seen]
}

t.test('lists, maps, bytes and numbers', async t => {
  t.strictSame(walk(['a', null]), [true, [[int(0), 'a'], [int(1), null]]])
  t.strictSame(walk(new Map<string, Value>([['b', 1], ['B', 2], ['a', null]])), [true, [['B', 2], ['a', null], ['b', 1]]])
  t.strictSame(walk(Uint8Array.of(5)), [false, [[int(0), new Int('uint8', 5n)]]])
  t.strictSame(walk(new Int('int8', 2n)), [false, [[new Int('int8', 0n), new Int('int8', 0n)], [new Int('int8', 1n), new Int('int8', 1n)]]])
})

t.test('nothing to go through', async t => {
  for (const value of [null, [], new Map(), new Uint8Array(0), int(0), int(-1)]) t.equal(loopOver(value, undefined), 'none')
  t.equal(loopOver(undefined, undefined), 'none')
})

t.test('what there is no range over', async t => {
  for (const value of ['abc', 1.5, true]) t.equal(loopOver(value, undefined), undefined)
})

t.test('a map is taken as it was when the range began', async t => {
  const dict: Dict = new Map<string, Value>([['a', 1], ['b', 2]])
  const loop = loopOver(dict, undefined)
  if (loop === undefined || loop === 'none') throw new Error('no loop')
  dict.set('b', 3)
  dict.set('c', 4)
  loop.index = 1
  t.equal(loop.length, 2)
  t.equal(loop.element(), 2)
})
