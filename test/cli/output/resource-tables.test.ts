import t from 'tap'
import { resourceTables } from '../../../src/cli/output/resource-tables.js'
import { parseObject } from '../../../src/kube/json.js'
import type { KubeObject } from '../../../src/kube/objects.js'

function tableOf (columns: readonly string[], ...rows: unknown[][]): KubeObject {
  return parseObject(JSON.stringify({ kind: 'Table', columnDefinitions: columns.map(name => ({ name, priority: name === 'Wide' ? 1 : 0 })), rows: rows.map(cells => ({ cells })) }))
}

t.test('tables as kubectl prints them; columns are named until there are others', async t => {
  const text = resourceTables(new Map([
    ['v1/Service', [tableOf(['Name', 'Wide', 'Age'], ['a-service', 'x', '5m']), tableOf(['Name', 'Wide', 'Age'], ['b', 'y', '1s'])]],
    ['v1/Secret', [tableOf(['Name', 'Data', 'Age'], ['s', 3, null])]],
    ['v1/Pod(related)', [tableOf(['Name', 'Data', 'Age'], ['one\ntwo', 1.5, 'x'], ['three', true, 'y']), tableOf(['Name'])]]
  ]))
  t.equal(text, [
    '==> v1/Service', 'NAME        AGE', 'a-service   5m', 'b     1s', '',
    '==> v1/Secret', 'NAME   DATA   AGE', 's      3      ', '',
    '==> v1/Pod(related)', 'one...   1.5    x', 'three    true   y', '', ''
  ].join('\n'))
})
