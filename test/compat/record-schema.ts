/**
 * Records what the real Helm says of values that do not fit values.schema.json, and of schemas that are none, into recorded/chart-schemas.json
 * and recorded/chart-schema-charts.json.
 *
 *     PORTOLAN_HELM4=/path/to/helm node dist/test/compat/record-schema.js
 */
import { helmVersion, runHelm, withFiles, writeRecording } from './chart-recording.js'
import { schemaChartCases } from './schema-cases/chart-cases.js'
import { draftCases } from './schema-cases/draft-cases.js'
import { formatCases } from './schema-cases/format-cases.js'
import { keywordCases } from './schema-cases/keyword-cases.js'
import type { RecordedSchemaCase, SchemaCase } from './schema-cases/schema-case.js'

const helm = process.env['PORTOLAN_HELM4'] ?? 'helm'
const version = helmVersion(helm)

const cases = Object.entries({ ...keywordCases, ...draftCases, ...formatCases })
writeRecording('schemas', { helm: version, cases: Object.fromEntries(cases.map(([name, found]) => [name, recorded(found)])) })

const charts = Object.entries(schemaChartCases)
writeRecording('schema-charts', { helm: version, cases: Object.fromEntries(charts.map(([name, found]) => [name, { ...found, ...templated(found.files, found.args) }])) })
process.stdout.write(`${cases.length} schemas, ${charts.length} charts\n`)

function recorded ([source, values]: SchemaCase): RecordedSchemaCase {
  const schema = typeof source === 'string' ? source : JSON.stringify(source)
  return { schema, values, ...templated({ 'Chart.yaml': 'apiVersion: v2\nname: case\nversion: 1.0.0\n', 'values.yaml': values, 'values.schema.json': schema }) }
}

function templated (files: Readonly<Record<string, string>>, args: readonly string[] = []): { error?: string } {
  return withFiles(files, folder => {
    const { error } = runHelm(helm, ['template', 'r', folder, ...args])
    return error === undefined ? {} : { error }
  })
}
