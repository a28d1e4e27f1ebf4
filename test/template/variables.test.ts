import t from 'tap'
import { VariableScope } from '../../src/template/variables.js'

t.test('the dollar is there from the start', async t => {
  const scope = new VariableScope()
  t.strictSame(scope.find('$').map(variable => variable.slot), [0])
  t.equal(scope.slots, 1)
})

t.test('an inner variable hides an outer one until its block ends', async t => {
  const scope = new VariableScope()
  const outer = scope.declare('$x', false)
  const mark = scope.mark()
  const inner = scope.declare('$x', false)
  t.strictSame(scope.find('$x'), [inner])
  t.strictSame(scope.since(mark), [inner])
  scope.reset(mark)
  t.strictSame(scope.find('$x'), [outer])
  t.strictSame(scope.find('$y'), [])
})

t.test('slots are used again', async t => {
  const scope = new VariableScope()
  const mark = scope.mark()
  const first = scope.declare('$a', false)
  scope.reset(mark)
  t.equal(scope.declare('$b', false).slot, first.slot)
  t.equal(scope.slots, 2)
})

t.test('a variable that may stay undeclared leaves the outer ones in question', async t => {
  const scope = new VariableScope()
  scope.declare('$x', false)
  const outer = scope.declare('$x', false)
  const perhaps = scope.declare('$x', true)
  t.strictSame(scope.find('$x'), [perhaps, outer])
})
