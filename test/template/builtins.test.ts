import t from 'tap'
import { int, type GoFunc, type Value } from '../../src/go/value.js'
import { builtins } from '../../src/template/builtins.js'
import { render } from './functions.js'

function callBuiltin (name: string, ...args: Value[]): Value {
  const fn = builtins.get(name)
  if (fn === undefined) throw new Error(`no ${name}`)
  return fn.call(...args)
}

t.test('the names are Go\'s', async t => {
  t.strictSame([...builtins.keys()].sort(), [
    'and', 'call', 'eq', 'ge', 'gt', 'html', 'index', 'js', 'le', 'len', 'lt', 'ne', 'not', 'or', 'print', 'printf', 'println', 'slice', 'urlquery'
  ])
})

t.test('each can be called by itself', async t => {
  t.equal(callBuiltin('and', 1, 0, 2), 0)
  t.equal(callBuiltin('and', 1, 2), 2)
  t.equal(callBuiltin('or', 0, 1, 2), 1)
  t.equal(callBuiltin('or', 0, ''), '')
  t.equal(callBuiltin('not', null), true)
  t.equal(callBuiltin('eq', 'a', 'b', 'a'), true)
  t.equal(callBuiltin('ne', 1, 2), true)
  t.strictSame(['lt', 'le', 'gt', 'ge'].map(name => callBuiltin(name, 1, 1)), [false, true, false, true])
  t.strictSame(callBuiltin('len', 'abc'), int(3))
  t.equal(callBuiltin('index', ['a'], int(0)), 'a')
  t.equal(callBuiltin('slice', 'abc', int(1)), 'bc')
  t.equal(callBuiltin('print', 1, 2, 'a'), '1 2a')
  t.equal(callBuiltin('println', 1, 'a'), '1 a\n')
  t.equal(callBuiltin('printf', '%v-%s', 1, 'a'), '1-a')
  t.throws(() => callBuiltin('call', null), { message: 'call of nil' })
})

t.test('a function of the set hides a builtin of its name', async t => {
  const len: GoFunc = { params: ['string'], call: () => 'mine' }
  const and: GoFunc = { params: ['any'], variadic: true, call: (...args) => `${args.length} of mine` }
  t.equal(render('{{ len "abc" }}{{ and 1 2 3 }}', null, { len, and }), 'mine3 of mine')
})
