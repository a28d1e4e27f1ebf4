import t from 'tap'
import { chartLog } from '../../src/action/chart-log.js'

// What Helm 4.3.1 logs of each is recorded in the sessions "template with warnings" and "template with old files".
const cases: ReadonlyArray<readonly [warning: string, logged: readonly unknown[]]> = [
  ['warning: skipped value for web.a: Not a table.', ['INFO', 'warning: skipped value for web.a: Not a table.']],
  ['Warning: Dependencies are handled in Chart.yaml', ['INFO', 'Warning: Dependencies are handled in Chart.yaml']],
  ['Conflict: cannot merge map onto non-map for "a". Skipping.', ['INFO', 'Conflict: cannot merge map onto non-map for "a". Skipping.']],
  ['key a is table. Skipping', ['INFO', 'key a is table. Skipping']],
  ['found symbolic link in path. Contents of linked file included and used: /a b resolved to /c', ['INFO', 'found symbolic link in path. Contents of linked file included and used', { path: '/a b', resolved: '/c' }]],
  ['returned non-bool value tag=t chart=sub', ['WARN', 'returned non-bool value', { tag: 't', chart: 'sub' }]],
  ['returned non-bool value path=a.b chart=sub', ['WARN', 'returned non-bool value', { path: 'a.b', chart: 'sub' }]],
  ['ImportValues missing table error="\\"exports\\" is not a table"', ['WARN', 'ImportValues missing table', { error: '"exports" is not a table' }]],
  ['ImportValues missing table from chart chart=sub error="\\"x\\" is not a table"', ['WARN', 'ImportValues missing table from chart', { chart: 'sub', error: '"x" is not a table' }]],
  ['web/templates/a.yaml: skipping unknown hooks: sometimes', ['INFO', 'skipping unknown hooks', { hookTypes: 'sometimes' }]],
  ['something else', ['WARN', 'something else']]
]

t.test('what charts warn about is logged as Helm logs it', async t => {
  for (const [warning, expected] of cases) {
    const lines: unknown[][] = []
    chartLog((...line) => { lines.push(line) })(warning)
    t.strictSame(lines, [expected], warning)
  }
})
