import t from 'tap'
import type { Value } from '../../../src/go/value.js'
import { changeKind, changesBetween, yamlOf, type ComparedObject } from '../../../src/action/diff/object-change.js'

function object (name: string, value: string, parts: Partial<ComparedObject> = {}): ComparedObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name, hook: false, object: new Map<string, Value>([['value', value]]), ...parts }
}

t.test('what was added, changed and removed, in that side\'s order', async t => {
  const changes = changesBetween([object('gone', '1'), object('same', '1'), object('b', '1')], [object('new', '1'), object('b', '2'), object('same', '1')])
  t.strictSame(changes.map(change => `${change.name} ${changeKind(change)}`), ['new added', 'b changed', 'gone removed'])
  t.strictSame([changes[0]?.before, changes[2]?.after], [undefined, undefined])
})

t.test('the same object: in another version, but not of another group, namespace, or as a hook', async t => {
  const parts = { apiVersion: 'apps/v1' }
  const kinds = (other: Partial<ComparedObject>): string[] => changesBetween([object('a', '1', parts)], [object('a', '2', { ...parts, ...other })]).map(changeKind)
  t.strictSame(kinds({ apiVersion: 'apps/v1beta1' }), ['changed'])
  for (const other of [{ apiVersion: 'extensions/v1' }, { apiVersion: 'v1' }, { namespace: 'x' }, { kind: 'Secret' }, { hook: true }]) t.strictSame(kinds(other), ['added', 'removed'])
})

t.test('one that stands there more than once: each by its turn, however often', async t => {
  const many = (value: string): ComparedObject[] => Array.from({ length: 20_000 }, () => object('a', value))
  t.equal(changesBetween(many('1'), many('2')).length, 20_000)
  t.strictSame(changesBetween([object('a', '1'), object('a', '2')], [object('a', '1')]).map(changeKind), ['removed'])
})

t.test('what would move the cursor of a terminal is escaped', async t => {
  t.equal(yamlOf(new Map<string, Value>([['script', '\x1b[2Jx\ny\n'], ['long', 'x '.repeat(60)]])), `long: '${'x '.repeat(60)}'\nscript: "\\e[2Jx\\ny\\n"\n`)
})
