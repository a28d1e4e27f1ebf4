import t from 'tap'
import { BuiltinError, TemplateError } from '../../src/template/errors.js'

const place = { template: 'dir/f.yaml', name: 'a"b', line: 3, column: 7, node: '.x' }

t.test('messages are Go\'s', async t => {
  t.equal(new TemplateError('exec', 'no', { place }).message, 'template: dir/f.yaml:3:7: executing "a\\"b" at <.x>: no')
  t.equal(new TemplateError('parse', 'no', { place: { template: 'f', name: undefined, line: 3, column: undefined, node: undefined } }).message, 'template: f:3: no')
  t.equal(new TemplateError('no-template', 'none', {}).message, 'template: none')
})

t.test('an error has its parts', async t => {
  const error = new TemplateError('exec', 'no', { place })
  t.match(error, { code: 'exec', detail: 'no', template: 'dir/f.yaml', line: 3, column: 7, node: '.x', cause: undefined })
  t.match(new TemplateError('no-template', 'none', {}), { template: undefined, line: undefined, column: undefined, node: undefined, chain: [] })
})

t.test('the chain passes over errors of other classes', async t => {
  const inner = new TemplateError('exec', 'deep', { place: { ...place, template: 'inner' } })
  const between = new Error('between', { cause: inner })
  const outer = new TemplateError('exec', 'high', { place, cause: between })
  t.strictSame(outer.chain.map(found => found.template), ['dir/f.yaml', 'inner'])
  t.equal(outer.cause, between)
})

t.test('a builtin says what it cannot do', async t => {
  t.match(new BuiltinError('range', 'out'), { code: 'range', message: 'out', name: 'BuiltinError' })
})
