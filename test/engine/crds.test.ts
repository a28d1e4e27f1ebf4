import t from 'tap'
import { crdsOf } from '../../src/engine/crds.js'
import { chartOf } from './case-chart.js'

t.test('the files of crds folders, the chart’s own first', async t => {
  const chart = chartOf({
    'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n',
    'crds/x.yaml': 'x: 1',
    'crds/deep/y.JSON': '{}',
    'crds/README.md': 'no',
    'other/z.yaml': 'no',
    'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
    'charts/sub/crds/s.yml': 's: 1'
  })
  t.strictSame(crdsOf(chart).map(({ name, path }) => [name, path]), [
    ['crds/x.yaml', 'a/crds/x.yaml'], ['crds/deep/y.JSON', 'a/crds/deep/y.JSON'], ['crds/s.yml', 'a/charts/sub/crds/s.yml']
  ])
})
