import type { Random } from '../random.js'
import { json, number, text, type Data } from '../texts.js'
import type { ChartTrial, Family } from '../trial.js'

const shown = 'name: {{ .Chart.Name | toJson }}\nroot: {{ .Chart.IsRoot }}\npath: {{ .Template.Name }}\nsubcharts: {{ keys .Subcharts | sortAlpha | toJson }}\nvalues: {{ .Values | toJson }}\nplain: {{ .Values | printf "%v" | quote }}\n'

const paths = ['a', 'b', 'one', 'two', 'three', 'global', 'global.a', 'one.enabled', 'two.enabled', 'tags', 'tags.x', 'a.b', 'exports', 'exports.data', 'one.a', 'two.two.a', 'nope', 'data']

function valueTree (random: Random, depth: number): { [key: string]: Data } {
  return Object.fromEntries(random.times(0, 5, () => {
    const name = random.pick(['a', 'b', 'global', 'one', 'two', 'three', 'tags', 'exports', 'data', 'enabled', 'x', 'y'])
    return [name, valueOf(random, name, depth)]
  }))
}

function valueOf (random: Random, name: string, depth: number): Data {
  if (name === 'enabled') return random.chance(0.85) ? random.chance(0.5) : random.pick<Data>(['true', 1, null, {}])
  if (name === 'tags') return { x: random.chance(0.5), y: random.pick<Data>([true, false, 'no', null]) }
  if (random.chance(0.12)) return null
  if (depth > 0 && random.chance(['a', 'b', 'x', 'y'].includes(name) ? 0.3 : 0.9)) return valueTree(random, depth - 1)
  return random.pick<Data>([number(random), random.between(0, 9), text(random), true, false, [1, null, 'a'], [], {}])
}

interface Dependency {
  readonly name: string
  readonly lines: readonly string[]
}

function dependency (random: Random, name: string): Dependency {
  const lines = [`- name: ${name}`, `  version: ${random.pick(['1.0.0', '1.0.0', '^1', '>=0', '~2', '"*"'])}`]
  if (random.chance(0.3)) lines.push(`  condition: ${random.times(1, 2, () => random.pick([`${name}.enabled`, 'one.enabled', 'global.enabled', 'nope.nope', ...paths])).join(',')}`)
  if (random.chance(0.3)) lines.push(`  tags: [${random.times(1, 2, () => random.pick(['x', 'y', 'z'])).join(', ')}]`)
  if (random.chance(0.25)) lines.push(`  alias: ${random.pick(['three', 'four', 'a', name])}`)
  if (random.chance(0.35)) lines.push('  import-values:', ...random.times(1, 2, () => random.chance(0.5) ? `  - ${random.pick(['data', 'a', 'nope'])}` : `  - { child: ${random.pick(paths)}, parent: ${random.pick([...paths, '.'])} }`))
  if (random.chance(0.05)) lines.push(`  enabled: ${random.pick(['true', 'false'])}`)
  return { name, lines }
}

/** Adds a chart and its sub-charts. */
function chart (random: Random, at: string, name: string, { files, depth }: { files: Record<string, string>, depth: number }): void {
  const children = depth > 0 ? ['one', 'two'].filter(() => random.chance(0.6)) : []
  const declared = children.flatMap(child => random.times(random.chance(0.9) ? 1 : 0, random.chance(0.15) ? 2 : 1, () => dependency(random, child)))
  const type = random.chance(0.08) && at !== '' ? 'type: library\n' : ''
  const extra = random.chance(0.1) ? random.pick(['appVersion: 1.10\n', 'kubeVersion: ">=1.20"\n', 'kubeVersion: "<1.20"\n', 'annotations: { a: b }\n', 'keywords: [x]\n', 'deprecated: true\n', 'maintainers: [{ name: Team A }]\n']) : ''
  files[`${at}Chart.yaml`] = `apiVersion: ${random.chance(0.95) ? 'v2' : 'v1'}\nname: ${name}\nversion: 1.0.0\n${type}${extra}${declared.length > 0 ? `dependencies:\n${declared.flatMap(({ lines }) => lines).join('\n')}\n` : ''}`
  if (random.chance(0.9)) files[`${at}values.yaml`] = json(valueTree(random, 3))
  files[`${at}templates/${random.pick(['a', 'b', 'z'])}.yaml`] = shown + random.pick(['', '', '{{ $_ := set .Values "added" 1 }}', 'also: {{ include "shared" . }}\n'])
  if (random.chance(0.5) || at === '') files[`${at}templates/_h.tpl`] = `{{ define "shared" }}${name}{{ end }}`
  if (random.chance(0.2)) files[`${at}files/x.txt`] = text(random)
  if (random.chance(0.2)) files[`${at}templates/NOTES.txt`] = 'notes {{ .Values | toJson }}'
  for (const child of children) chart(random, `${at}charts/${child}/`, child, { files, depth: depth - 1 })
}

function charts (random: Random): ChartTrial {
  const files: Record<string, string> = {}
  chart(random, '', 'case', { files, depth: 2 })
  const args: string[] = []
  if (random.chance(0.5)) {
    files['../v.yaml'] = json(valueTree(random, 3))
    args.push('-f', 'v.yaml')
  }
  if (random.chance(0.4)) args.push('--set', `${random.pick(paths)}=${random.pick(['1', 'true', 'false', 'null', 'x', '{a,b}'])}`)
  if (random.chance(0.05)) args.push('--kube-version', random.pick(['1.19', 'v1.30.5-gke.1', '1.x']))
  return { kind: 'chart', family: 'charts', files, args }
}

const kinds = ['ConfigMap', 'Secret', 'Deployment', 'Service', 'Namespace', 'Job', 'Pod', 'Ingress', 'CustomResourceDefinition', 'ClusterRole', 'Foo', 'ServiceAccount', 'List', 'Role', 'configmap', 'ValidatingWebhookConfiguration', 'APIService', '']
const hooks = ['pre-install', 'post-install', 'test', 'pre-delete', 'crd-install', 'test-success', 'nope', 'pre-install, post-install', 'Pre-Install', '', 'pre-upgrade,test', 'test-failure', ' post-upgrade ']

function document (random: Random): string {
  if (random.chance(0.06)) return random.pick(['', '# only a comment\n', '  \n', '[]\n', 'a\n', '- a\n', 'kind: [a]\n', 'a: b: c\n', '{}\n', 'null\n', 'metadata: x\n', 'kind: A\nkind: B\n', '\tx: 1\n', 'a: "\n', 'metadata:\n  annotations:\n    a: 1\n', 'metadata: { annotations: [] }\n', 'apiVersion: 1\n', '&a x: *a\n', 'a: *b\n', 'metadata: { name: 1 }\n', '"kind": x\n', 'kind: x\n---\n'])
  const annotations: string[] = []
  if (random.chance(0.3)) annotations.push(`helm.sh/hook: ${JSON.stringify(random.pick(hooks))}`)
  if (random.chance(0.15)) annotations.push(`helm.sh/hook-weight: ${JSON.stringify(random.pick(['1', '-5', 'x', '', '1.5', '007', '+3', '99999999999']))}`)
  if (random.chance(0.1)) annotations.push(`helm.sh/hook-delete-policy: ${random.pick(['hook-succeeded', 'before-hook-creation,hook-failed', 'x'])}`)
  if (random.chance(0.05)) annotations.push(`a: ${random.pick(['1', 'true', 'null', 'x', '[]'])}`)
  const metadata = `metadata:\n  name: ${random.pick(['a', 'b', 'c', '"{{ .Release.Name }}"', '1', ''])}\n${annotations.length > 0 ? `  annotations:\n${annotations.map(line => `    ${line}\n`).join('')}` : ''}`
  return `apiVersion: ${random.pick(['v1', 'v1', 'apps/v1', 'x/v1'])}\nkind: ${random.pick(kinds)}\n${random.chance(0.95) ? metadata : ''}${random.pick(['', 'data: {}\n', 'x: |\n  a\n\n\n', '# end\n', '\n\n', 'x: "---"\n', 'x: |\n  ---\n  a\n'])}`
}

function manifests (random: Random): ChartTrial {
  const files: Record<string, string> = { 'Chart.yaml': 'apiVersion: v2\nname: case\nversion: 1.0.0\n' }
  for (const name of ['a.yaml', 'b.yaml', 'NOTES.txt', 'x/c.yaml', '_p.yaml', 'd.txt', 'e.yml', 'x/NOTES.txt', 'readme.md'].filter(() => random.chance(0.4))) {
    const separator = (): string => random.pick(['---\n', '---\n', '---\n', '--- \n', '\n---\n', '---\n---\n', '---\t\n', '--- # c\n', ' ---\n', '----\n', '---\r\n', '...\n', '---x\n', '\n\n---\n\n'])
    files[`templates/${name}`] = `${random.pick(['', '', '', '---\n', '\n', '# c\n', '\ufeff', '{{ "" }}\n', ' ---\n'])}${random.times(1, 3, () => document(random)).join(separator())}${random.pick(['', '', '---\n', '\n', '---'])}`
  }
  if (random.chance(0.2)) files['crds/c.yaml'] = document(random)
  const args: string[] = []
  if (random.chance(0.15)) args.push(random.pick(['--include-crds', '--no-hooks', '--skip-tests', '--is-upgrade']))
  if (random.chance(0.1)) args.push('-s', random.pick(['templates/a.yaml', 'templates/*.yaml', 'templates/nope.yaml', 'templates/x/c.yaml', 'templates/[', 'a.yaml']))
  return { kind: 'chart', family: 'manifests', files, args }
}

function fileFunctions (random: Random): ChartTrial {
  const names = ['f/a.txt', 'f/b.yaml', 'f/x/c.txt', 'd.bin', 'f/e.txt', 'f/[x].txt', 'README.md', 'f/x/y/d']
  const files: Record<string, string> = { 'Chart.yaml': 'apiVersion: v2\nname: case\nversion: 1.0.0\n' }
  for (const name of names.filter(() => random.chance(0.7))) files[name] = text(random)
  if (random.chance(0.4)) files['.helmignore'] = random.times(1, 3, () => random.pick(['*.txt', 'f/', '/f/*', 'f/x', '!f/a.txt', '# c', '', 'f/?.txt', '[a-c]*', 'd.bin', '**/x', '[', '\\[x\\].txt', ' d.bin ', 'f/x/', '*.bin/', '/d.bin', '!*.md', 'f/*/c.txt'])).join('\n')
  const glob = json(random.pick(['f/*', 'f/**', '**', '*', 'f/{a,b}.*', 'f/[a-c].txt', 'f/[!a]*', 'f/?.txt', '**.txt', '[', 'f/{a', '{f/*,d.bin}', '', 'f/x/**', '\\*', 'f/[^a]*', 'f/[z-a]', '{{a,b},c}', 'f/\\[x\\].txt', '*/*', '**/c.txt', '[]', 'f/é*', '{,f/}*']))
  const name = json(random.pick([...names, 'nope', 'values.yaml', 'templates/case.yaml', '../v.yaml', './d.bin']))
  files['templates/case.yaml'] = random.pick([
    `a: {{ range $k, $v := .Files.Glob ${glob} }}{{ $k | quote }} {{ len $v }} {{ end }}`, `{{ (.Files.Glob ${glob}).AsConfig }}`, `{{ (.Files.Glob ${glob}).AsSecrets }}`,
    `a: {{ .Files.Get ${name} | quote }}`, `a: {{ .Files.Lines ${name} | toJson }}`, `a: {{ .Files.GetBytes ${name} | toString | quote }} {{ len (.Files.GetBytes ${name}) }}`, 'a: {{ range $k, $v := .Files }}{{ $k | quote }}{{ end }}', `a: {{ .Files.AsConfig | toJson }} {{ index .Files ${name} | toString | quote }}`
  ])
  return { kind: 'chart', family: 'files', files, args: [] }
}

/** Charts in charts; what becomes of the rendered texts; and the files of a chart. */
export const chartFamilies: readonly Family[] = [
  { name: 'charts', weight: 7, generate: charts },
  { name: 'manifests', weight: 6, generate: manifests },
  { name: 'files', weight: 3, generate: fileFunctions }
]
