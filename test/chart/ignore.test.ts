import t from 'tap'
import { IgnoreRules } from '../../src/chart/ignore.js'
import { loadDirectory } from '../../src/chart/load-directory.js'
import { messageOf } from '../../src/errors.js'
import { readRecording } from '../compat/chart-recording.js'

type Folder = { [name: string]: Folder | string }

interface Recorded { text: string, files: string[], left?: string[] | null, error?: string }

t.test('a .helmignore leaves what Helm leaves', async t => {
  for (const [name, { text, files, left, error }] of Object.entries(readRecording<Record<string, Recorded>>('ignore').cases)) {
    const folder: Folder = { 'Chart.yaml': 'apiVersion: v2\nname: parent\nversion: 1.0.0\n', '.helmignore': text, templates: { 'list.yaml': '', '.hidden': '' } }
    for (const file of files) put(folder, file.split('/'))
    const found = await loadDirectory(t.testdir(folder)).then(chart => ({ left: chart.files.map(file => file.name).sort(), templates: chart.templates.length }), (thrown: unknown) => ({ error: messageOf(thrown) }))
    t.strictSame(found, error === undefined ? { left, templates: 1 } : { error }, name)
  }
})

function put (folder: Folder, parts: readonly string[]): void {
  const [first = '', ...rest] = parts
  if (rest.length === 0) folder[first] = 'x'
  else put((folder[first] ??= {}) as Folder, rest)
}

t.test('rules are refused as soon as they are read', async t => {
  t.throws(() => IgnoreRules.parse('a\n**/b'), { code: 'invalid-chart', message: 'double-star (**) syntax is not supported' })
  t.throws(() => IgnoreRules.parse('[a'), { message: 'syntax error in pattern' })
})

t.test('hidden files in templates are ignored without a rule', async t => {
  const rules = IgnoreRules.parse('')
  t.equal(rules.ignores('templates/.swp', false), true)
  t.equal(rules.ignores('templates/.', false), false)
  t.equal(rules.ignores('.swp', false), false)
})
