/** Charts with sub-charts: whose values are checked, by which schema, in which order. */
export interface SchemaChartCase {
  readonly files: Readonly<Record<string, string>>
  readonly args?: readonly string[]
}

const parent = 'apiVersion: v2\nname: parent\nversion: 1.0.0\n'
const child = (name: string): string => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`
const schema = (properties: object, more: object = {}): string => JSON.stringify({ properties, ...more })
const string = { type: 'string' }

export const schemaChartCases: Readonly<Record<string, SchemaChartCase>> = {
  'a sub-chart fails': { files: { 'Chart.yaml': parent, 'charts/sub/Chart.yaml': child('sub'), 'charts/sub/values.schema.json': schema({ a: string }), 'charts/sub/values.yaml': 'a: 1\n' } },
  'both fail': { files: { 'Chart.yaml': parent, 'values.schema.json': schema({ b: string }), 'values.yaml': 'b: 1\n', 'charts/sub/Chart.yaml': child('sub'), 'charts/sub/values.schema.json': schema({ a: string }), 'charts/sub/values.yaml': 'a: 1\n' } },
  'two sub-charts fail': { files: { 'Chart.yaml': parent, 'charts/zeta/Chart.yaml': child('zeta'), 'charts/zeta/values.schema.json': schema({ a: string }), 'charts/zeta/values.yaml': 'a: 1\n', 'charts/alpha/Chart.yaml': child('alpha'), 'charts/alpha/values.schema.json': schema({ a: string }), 'charts/alpha/values.yaml': 'a: 1\n' } },
  'a sub-chart of a sub-chart': { files: { 'Chart.yaml': parent, 'charts/sub/Chart.yaml': child('sub'), 'charts/sub/charts/leaf/Chart.yaml': child('leaf'), 'charts/sub/charts/leaf/values.schema.json': schema({ a: string }), 'charts/sub/charts/leaf/values.yaml': 'a: 1\n' } },
  'a broken schema, then one that complains': { files: { 'Chart.yaml': parent, 'values.schema.json': '{', 'charts/sub/Chart.yaml': child('sub'), 'charts/sub/values.schema.json': schema({ a: string }), 'charts/sub/values.yaml': 'a: 1\n' } },
  'global values are there': { files: { 'Chart.yaml': parent, 'values.yaml': 'global: {x: 1}\n', 'charts/sub/Chart.yaml': child('sub'), 'charts/sub/values.schema.json': schema({ a: string }, { additionalProperties: false }), 'charts/sub/values.yaml': 'a: x\n' } },
  'global is there without being set': { files: { 'Chart.yaml': parent, 'charts/sub/Chart.yaml': child('sub'), 'charts/sub/values.schema.json': schema({ a: string }, { additionalProperties: false }), 'charts/sub/values.yaml': 'a: x\n' } },
  'sections of sub-charts count for the parent': { files: { 'Chart.yaml': parent, 'values.schema.json': schema({}, { additionalProperties: false }), 'charts/sub/Chart.yaml': child('sub') } },
  'a disabled sub-chart': { files: { 'Chart.yaml': `${parent}dependencies: [{name: sub, version: 1.0.0, condition: sub.enabled}]\n`, 'values.yaml': 'sub: {enabled: false}\n', 'charts/sub/Chart.yaml': child('sub'), 'charts/sub/values.schema.json': schema({ a: string }), 'charts/sub/values.yaml': 'a: 1\n' } },
  'an alias': { files: { 'Chart.yaml': `${parent}dependencies: [{name: sub, version: 1.0.0, alias: other}]\n`, 'charts/sub/Chart.yaml': child('sub'), 'charts/sub/values.schema.json': schema({ a: string }), 'charts/sub/values.yaml': 'a: 1\n' } },
  'values of the user': { files: { 'Chart.yaml': parent, 'values.schema.json': schema({ a: { type: 'integer' } }), 'values.yaml': 'a: 1\n' }, args: ['--set', 'a=x'] },
  'an int64 of the user': { files: { 'Chart.yaml': parent, 'values.schema.json': schema({ a: { maximum: 5 } }) }, args: ['--set', 'a=9223372036854775807'] },
  'null takes a default away': { files: { 'Chart.yaml': parent, 'values.schema.json': schema({ a: string }, { required: ['a'] }), 'values.yaml': 'a: x\n' }, args: ['--set', 'a=null'] },
  'null without a default': { files: { 'Chart.yaml': parent, 'values.schema.json': schema({ b: string }) }, args: ['--set', 'b=null'] },
  'null within a list': { files: { 'Chart.yaml': parent, 'values.schema.json': schema({ a: { items: string } }), 'values.yaml': 'a: [x, null]\n' } },
  'it is skipped': { files: { 'Chart.yaml': parent, 'values.schema.json': schema({ a: string }), 'values.yaml': 'a: 1\n' }, args: ['--skip-schema-validation'] },
  'a schema before a kubeVersion': { files: { 'Chart.yaml': `${parent}kubeVersion: ">=99.0.0"\n`, 'values.schema.json': schema({ a: string }), 'values.yaml': 'a: 1\n' } },
  'a schema before a template': { files: { 'Chart.yaml': parent, 'values.schema.json': schema({ a: string }), 'values.yaml': 'a: 1\n', 'templates/x.yaml': '{{ fail "no" }}' } },
  'imported values': { files: { 'Chart.yaml': `${parent}dependencies: [{name: sub, version: 1.0.0, import-values: [data]}]\n`, 'values.schema.json': schema({ port: string }), 'charts/sub/Chart.yaml': child('sub'), 'charts/sub/values.yaml': 'exports: {data: {port: 80}}\n' } },
  'a byte order mark': { files: { 'Chart.yaml': parent, 'values.schema.json': `\ufeff${schema({ a: string })}`, 'values.yaml': 'a: 1\n' } },
  'a library chart below': { files: { 'Chart.yaml': parent, 'charts/lib/Chart.yaml': `${child('lib')}type: library\n`, 'charts/lib/values.schema.json': schema({ a: string }), 'charts/lib/values.yaml': 'a: 1\n' } }
}
