import t from 'tap'
import { NodeStack } from '../../src/template/node-stack.js'

t.test('what is taken is what was pushed since the mark, and another round takes its room', async t => {
  const stack = new NodeStack<string>()
  const outer = stack.mark()
  stack.push('a')
  const inner = stack.mark()
  stack.push('b')
  stack.push('c')
  t.same(stack.take(inner), ['b', 'c'])
  stack.push('d')
  t.same(stack.take(outer), ['a', 'd'])
  t.same(stack.take(outer), [])
})
