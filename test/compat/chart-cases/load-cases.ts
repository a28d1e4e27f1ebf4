/** The files of a chart each, that Helm refuses, or takes with a warning. */
export const loadCases: Readonly<Record<string, Readonly<Record<string, string>>>> = withChart({
  'values not YAML': { 'values.yaml': 'a: [\n' },
  'values a list': { 'values.yaml': '- a\n' },
  'values a text': { 'values.yaml': 'text\n' },
  'values with a bad separator': { 'values.yaml': 'a: 1\n--- b\nc: 2\n' },
  'values of two documents, the second not YAML': { 'values.yaml': 'a: 1\n---\nb: [\n' },
  'lock not YAML': { 'Chart.lock': 'a: [\n' },
  'lock with a wrong date': { 'Chart.lock': 'generated: yesterday\n' },
  'lock with a list for a digest': { 'Chart.lock': 'digest: [a]\n' },
  'requirements not YAML': { 'requirements.yaml': 'a: [\n' },
  'requirements in v2': { 'requirements.yaml': 'dependencies: []\n' },
  'requirements.lock in v2': { 'requirements.lock': 'digest: a\n' },
  'requirements that break a rule': { 'requirements.yaml': 'dependencies: [{name: x, alias: a.b}]\n' },
  'requirements on top of Chart.yaml': {
    'Chart.yaml': 'apiVersion: v1\nname: a\nversion: 1.0.0\ndependencies: [{name: x, version: 1, condition: x.on}, {name: y, version: 2}]\n',
    'requirements.yaml': 'dependencies: [{name: z, version: 3}]\n'
  },
  'a file in charts': { 'charts/README.md': 'hello\n' },
  'a file in charts that is ignored': { 'charts/_notes.md': 'hello\n', 'charts/.keep': '' },
  'a folder in charts without Chart.yaml': { 'charts/sub/values.yaml': 'a: 1\n' },
  'a sub-chart that breaks a rule': { 'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: x\n' },
  'a sub-chart whose sub-chart breaks a rule': {
    'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
    'charts/sub/charts/deep/Chart.yaml': 'apiVersion: v2\nname: ""\nversion: 1.0.0\n'
  },
  'a sub-chart whose values are not YAML': {
    'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
    'charts/sub/values.yaml': 'a: [\n'
  },
  'an archive in charts that is none': { 'charts/sub.tgz': 'this is no archive at all\n' },
  'a folder in charts named like an archive': { 'charts/sub.tgz/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n' },
  'a provenance file in charts': { 'charts/sub-1.0.0.tgz.prov': 'signed\n' },
  'another apiVersion': { 'Chart.yaml': 'apiVersion: v9\nname: a\nversion: 1.0.0\n' },
  'apiVersion a list': { 'Chart.yaml': 'apiVersion: [v2]\nname: a\nversion: 1.0.0\n' }
})

function withChart (cases: Record<string, Record<string, string>>): Record<string, Record<string, string>> {
  return Object.fromEntries(Object.entries(cases).map(([name, files]) => [name, { 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n', ...files }]))
}
