import t from 'tap'
import type { Chart } from '../../../src/chart/chart.js'
import { loadDirectory } from '../../../src/chart/load-directory.js'
import { loadFiles } from '../../../src/chart/load-files.js'
import { processDependencies } from '../../../src/chart/process-dependencies.js'
import { validateValues } from '../../../src/chart/schema/validate-values.js'
import { loadValues } from '../../../src/chart/load-values.js'
import { coalesceValues } from '../../../src/chart/values.js'
import { messageOf } from '../../../src/errors.js'
import { encode } from '../../../src/go/bytes.js'
import { readRecording } from '../../compat/chart-recording.js'
import type { SchemaChartCase } from '../../compat/schema-cases/chart-cases.js'
import type { RecordedSchemaCase } from '../../compat/schema-cases/schema-case.js'
import { inOrder } from './in-order.js'

interface Tree { [name: string]: string | Tree }

/** Files by path as tap wants them for a folder. */
function tree (files: Readonly<Record<string, string>>): Tree {
  const root: Tree = {}
  for (const [path, text] of Object.entries(files)) {
    const names = path.split('/')
    let folder = root
    for (const name of names.slice(0, -1)) {
      const next = folder[name]
      const made: Tree = typeof next === 'object' ? next : {}
      folder[name] = made
      folder = made
    }
    folder[names.at(-1) ?? ''] = text
  }
  return root
}

async function complaint (chart: Chart, args: readonly string[] = []): Promise<string | undefined> {
  const user = await loadValues({ values: [], set: args.filter(arg => arg.includes('=')), setString: [], setFile: [], setJson: [], setLiteral: [] }, async () => '')
  const processed = processDependencies(chart, user)
  try {
    validateValues(processed, coalesceValues(processed, user))
    return undefined
  } catch (error) {
    return messageOf(error).trimEnd()
  }
}

t.test('values fit or not as in Helm, in its words', async t => {
  for (const [name, { schema, values, error }] of Object.entries(readRecording<Record<string, RecordedSchemaCase>>('schemas').cases)) {
    const files = { 'Chart.yaml': 'apiVersion: v2\nname: case\nversion: 1.0.0\n', 'values.yaml': values, 'values.schema.json': schema }
    const found = await complaint(loadFiles(Object.entries(files).map(([name, text]) => ({ name, data: encode(text) }))))
    t.equal(inOrder(found ?? ''), inOrder(error ?? ''), name)
  }
})

t.test('sub-charts are checked by their own schemas, in Helm\'s order', async t => {
  for (const [name, { files, args, error }] of Object.entries(readRecording<Record<string, SchemaChartCase & { error?: string }>>('schema-charts').cases)) {
    if (args?.includes('--skip-schema-validation') === true) continue
    const found = await complaint(await loadDirectory(t.testdir(tree(files))), args)
    t.equal(inOrder(found ?? ''), inOrder(error ?? ''), name)
  }
})
