import t from 'tap'
import { labelMatcher } from '../../src/action/label-selector.js'

const labels = new Map([['app', 'web'], ['tier', 'front'], ['n', '5']])

t.test('selectors in Kubernetes\' notation', async t => {
  const cases: Array<[string, boolean]> = [
    ['', true], ['app=web', true], ['app==web', true], ['app=db', false], ['app!=db', true], ['none!=x', true], ['app', true], ['none', false], ['!none', true], ['!app', false],
    ['app in (web, db)', true], ['app in (db)', false], ['app notin (db)', true], ['none notin (x)', true], ['none in (x)', false], ['n>4', true], ['n<4', false],
    ['app=web,tier=front', true], ['app=web, tier=back', false], ['app in (web,db),!none', true], ['app=', false]
  ]
  for (const [selector, expected] of cases) t.equal(labelMatcher(selector)(labels), expected, selector)
})

t.test('what is no selector', async t => {
  for (const text of ['a b', 'a in', '=x', 'a=b=c', 'a in (b']) t.throws(() => labelMatcher(text), { code: 'invalid-option', message: /is no label selector$/ }, text)
})
