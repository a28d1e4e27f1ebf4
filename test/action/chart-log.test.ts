import t from 'tap'
import { chartLog } from '../../src/action/chart-log.js'
import { informing } from '../../src/chart/warn.js'

// What Helm 4.3.1 logs of charts is recorded in the sessions "template with warnings" and "template with old files".
t.test('what charts tell of is logged with its level and its facts', async t => {
  const lines: unknown[][] = []
  const warn = chartLog((...line) => { lines.push(line) })
  warn('something else')
  warn('returned non-bool value', { facts: { path: 'a.b', chart: 'sub' } })
  warn('skipping unknown hooks', { level: 'INFO', facts: { hookTypes: 'sometimes' } })
  informing(warn)('key a is table. Skipping')
  t.strictSame(lines, [
    ['WARN', 'something else', undefined],
    ['WARN', 'returned non-bool value', { path: 'a.b', chart: 'sub' }],
    ['INFO', 'skipping unknown hooks', { hookTypes: 'sometimes' }],
    ['INFO', 'key a is table. Skipping', undefined]
  ])
})
