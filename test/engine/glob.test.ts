import t from 'tap'
import { compileGlob } from '../../src/engine/glob.js'

t.test('patterns that Helm’s test charts do not have', async t => {
  const matches = (pattern: string, path: string): boolean => compileGlob(pattern)(path)
  t.ok(matches('a\\', 'a'), 'a backslash at the end is nothing')
  t.ok(matches('[!/]', 'x'))
  t.ok(matches('[\\]]', ']'))
  t.ok(matches('x\ny', 'x\ny'))
  t.notOk(matches('*', 'a/b'))
  t.ok(matches('**', 'a\n/b'))
  t.ok(matches('(a|b).+', '(a|b).+'), 'what is special to regular expressions is not to globs')
})

t.test('no pattern takes more than linear time', async t => {
  t.notOk(compileGlob('**a'.repeat(30))('a'.repeat(5000) + 'b'))
})
