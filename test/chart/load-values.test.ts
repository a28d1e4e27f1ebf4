import t from 'tap'
import { loadFiles } from '../../src/chart/load-files.js'
import { loadValues, type ValueOptions } from '../../src/chart/load-values.js'
import { coalesceValues } from '../../src/chart/values.js'
import { messageOf } from '../../src/errors.js'
import { encode } from '../../src/go/bytes.js'
import { marshalJson } from '../../src/go/json.js'
import { typeOf } from '../../src/go/type-name.js'
import { readRecording } from '../compat/chart-recording.js'

interface Recorded { args: string[], files?: Record<string, string>, charts?: { values: string, types: Record<string, string> }, error?: string }

const options = new Map<string, keyof ValueOptions>([
  ['-f', 'values'], ['--set', 'set'], ['--set-string', 'setString'], ['--set-file', 'setFile'], ['--set-json', 'setJson'], ['--set-literal', 'setLiteral']
])

const { values: defaults, flags } = readRecording<{ values: string, flags: Recorded[] }>('set').cases
const chart = loadFiles([
  { name: 'Chart.yaml', data: encode('apiVersion: v2\nname: parent\nversion: 1.0.0\n') },
  { name: 'values.yaml', data: encode(defaults) }
])

t.test('flags give the values that they give Helm', async t => {
  for (const { args, files, charts, error } of flags) {
    const found = await loadValues(toOptions(args), async path => read(files ?? {}, path)).then(values => {
      const seen = coalesceValues(chart, values)
      return { charts: { values: marshalJson(seen), types: Object.fromEntries([...seen].map(([key, value]) => [key, typeOf(value)])) } }
    }, (thrown: unknown) => ({ error: messageOf(thrown) }))
    t.strictSame(found, error === undefined ? { charts } : { error }, args.join(' ').slice(0, 100))
  }
})

function toOptions (args: readonly string[]): ValueOptions {
  const found: Partial<Record<keyof ValueOptions, string[]>> = {}
  for (let i = 0; i < args.length; i += 2) {
    const option = options.get(args[i] ?? '')
    if (option !== undefined) found[option] = [...found[option] ?? [], args[i + 1] ?? '']
  }
  return found
}

function read (files: Readonly<Record<string, string>>, path: string): string {
  const text = files[path]
  if (text === undefined) throw new Error(`open ${path}: no such file or directory`)
  return text
}

t.test('errors carry their code and their cause', async t => {
  await t.rejects(loadValues({ set: ['a'] }, async () => ''), { name: 'ChartError', code: 'invalid-values', cause: { message: 'key "a" has no value' } })
  await t.rejects(loadValues({ values: ['f'] }, async () => { throw new Error('gone') }), { message: 'gone' })
})
