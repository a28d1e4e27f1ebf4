import t from 'tap'
import { parseObject } from '../../src/kube/json.js'
import { selectorText } from '../../src/kube/selector.js'

t.test('selectors', async t => {
  const matchExpressions = [
    { key: 'a', operator: 'In', values: ['x', 'y'] }, { key: 'b', operator: 'NotIn', values: ['z'] }, { key: 'c', operator: 'Exists' }, { key: 'd', operator: 'DoesNotExist' }
  ]
  t.equal(selectorText(parseObject(JSON.stringify({ spec: { selector: { matchLabels: { app: 'web' }, matchExpressions } } }))), 'app=web,a in (x,y),b notin (z),c,!d')
  t.equal(selectorText(parseObject('{}')), '')
})
