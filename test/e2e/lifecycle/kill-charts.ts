import { job, hook, type Files } from './charts.js'

function map (name: string, data: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {mode: {{ .Values.mode }}, chart: ${data}}\n`
}

const common: Files = {
  'values.yaml': 'mode: calm\n',
  'templates/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Release.Name }}}\nspec: {selector: {app: x}, ports: [{port: {{ .Chart.AppVersion }}}]}\n',
  'templates/before.yaml': job('before', hook('pre-upgrade')),
  'templates/after.yaml': job('after', hook('post-upgrade'))
}

function chart (version: string, maps: readonly string[]): Files {
  const templates = maps.map(name => [`templates/${name}.yaml`, map(name, `"${version}"`)] as const)
  return { 'Chart.yaml': `apiVersion: v2\nname: ship\nversion: ${version}.0.0\nappVersion: "8${version}"\n`, ...common, ...Object.fromEntries(templates) }
}

/** Two versions of a chart, with hooks: objects change, come and go. */
export const killCharts: Readonly<Record<'one' | 'two', Files>> = {
  one: chart('1', ['a', 'b', 'old', 'older']),
  two: chart('2', ['a', 'b', 'new', 'newer'])
}
