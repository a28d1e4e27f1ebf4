import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Files by their path. */
export type Files = Readonly<Record<string, string>>

const config = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-config
  labels: {chart: "{{ .Chart.Name }}-{{ .Chart.Version }}"}
data:
  mode: {{ .Values.mode | quote }}
  revision: {{ .Release.Revision | quote }}
  upgrade: {{ .Release.IsUpgrade | quote }}
  {{- range $key, $value := .Values.extra }}
  {{ $key }}: {{ $value | quote }}
  {{- end }}
`

const secret = `apiVersion: v1
kind: Secret
metadata:
  name: {{ .Release.Name }}-secret
stringData:
  password: {{ .Values.password | quote }}
`

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: &labels {app: {{ .Release.Name }}}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: *labels}
  template:
    metadata: {labels: *labels}
    spec:
      {{- with .Values.nodeSelector }}
      nodeSelector: {{ toJson . }}
      {{- end }}
      containers:
      - name: main
        image: example.com/ship:{{ .Values.tag }}
        env: {{ toJson .Values.env }}
        ports: {{ toJson .Values.containerPorts }}
      {{- if .Values.sidecar }}
      - name: sidecar
        image: example.com/sidecar:1
      {{- end }}
`

const service = `{{- if .Values.service }}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  selector: {app: {{ .Release.Name }}}
  ports: {{ toJson .Values.ports }}
{{- end }}
`

const kept = `{{- if .Values.keep }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-kept
  annotations: {helm.sh/resource-policy: keep}
{{- end }}
`

/** Created before what is bad, and what is bad: the API refuses it. */
const bad = `{{- if .Values.bad }}
apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Release.Name }}-new}
---
apiVersion: v1
kind: Service
metadata: {name: {{ .Release.Name }}-bad}
spec: {ports: [{port: 99999}]}
{{- end }}
`

const values = `mode: calm
password: ahoy
replicas: 1
tag: "1"
env: [{name: A, value: "1"}, {name: B, value: "2"}]
containerPorts: [{name: http, containerPort: 80}]
ports: [{name: http, port: 80, targetPort: http}]
service: true
sidecar: false
keep: false
bad: false
nodeSelector: {}
extra: {one: "1"}
`

const templates: Files = {
  'templates/config.yaml': config,
  'templates/secret.yaml': secret,
  'templates/deployment.yaml': deployment,
  'templates/service.yaml': service,
  'templates/kept.yaml': kept,
  'templates/bad.yaml': bad,
  'templates/NOTES.txt': '{{ .Release.Name }} sails {{ .Values.mode }}, revision {{ .Release.Revision }}.\n'
}

/** A chart's files, with a Chart.yaml. */
function chart (name: string, version: string, files: Files): Files {
  return { 'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\nappVersion: "${version}"\n`, ...files }
}

export function job (name: string, annotations: Readonly<Record<string, string>>, condition = 'true'): string {
  const failing = `{{- if eq "${name}" (default "" .Values.fail) }}\n    metadata: {annotations: {test.example.com/exit-code: "1"}}\n    {{- end }}`
  return `{{- if ${condition} }}
apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
  annotations: ${JSON.stringify(annotations)}
spec:
  backoffLimit: 0
  template:
    ${failing}
    spec:
      restartPolicy: Never
      containers: [{name: main, image: example.com/job}]
{{- end }}
`
}

export function hook (events: string, weight = '0', policy?: string): Record<string, string> {
  return { 'helm.sh/hook': events, 'helm.sh/hook-weight': weight, ...policy === undefined ? {} : { 'helm.sh/hook-delete-policy': policy } }
}

const hooks: Files = {
  'templates/config.yaml': config,
  'templates/early.yaml': job('early', hook('pre-install,pre-upgrade,pre-rollback,pre-delete', '-5', 'before-hook-creation,hook-succeeded')),
  'templates/late.yaml': job('late', hook('post-install,post-upgrade,post-rollback', '5')),
  'templates/later.yaml': job('later', hook('post-install,post-upgrade', '7', 'hook-failed')),
  'templates/gone.yaml': job('gone', hook('post-delete', '0', 'hook-succeeded')),
  'templates/account.yaml': `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: hooked\n  annotations: ${JSON.stringify(hook('pre-upgrade', '-9'))}\n`,
  'values.yaml': 'mode: calm\nextra: {}\n'
}

function test (name: string, weight: string, policy?: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  annotations:
${Object.entries(hook('test', weight, policy)).map(([key, value]) => `    ${key}: "${value}"`).join('\n')}
    {{- if eq "${name}" (default "" .Values.fail) }}
    test.example.com/exit-code: "1"
    {{- end }}
spec:
  restartPolicy: Never
  initContainers: [{name: before, image: example.com/test}]
  containers: [{name: main, image: example.com/test}]
`
}

/** A kind of its own. */
function definition (group: string): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: boats.${group}}
spec:
  group: ${group}
  names: {kind: Boat, plural: boats, singular: boat}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
`
}

const boat = (group: string): string => `apiVersion: ${group}/v1
kind: Boat
metadata: {name: {{ .Release.Name }}}
spec:
  name: {{ .Values.mode }}
  crew: {{ toJson .Values.crew }}
  {{- if .Values.sail }}
  sail: {{ .Values.sail }}
  {{- end }}
`

const subchart: Files = {
  'charts/dinghy/Chart.yaml': 'apiVersion: v2\nname: dinghy\nversion: 0.1.0\n',
  'charts/dinghy/values.yaml': 'oars: 2\n',
  'charts/dinghy/templates/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}-dinghy}\ndata: {oars: "{{ .Values.oars }}", all: "{{ .Values.global.flag }}"}\n',
  'charts/dinghy/templates/NOTES.txt': 'A dinghy.\n'
}

/** Every chart that scenarios name, by its folder. */
export const charts: Readonly<Record<string, Files>> = {
  one: chart('ship', '1.0.0', { ...templates, 'values.yaml': values }),
  two: chart('ship', '2.0.0', {
    ...Object.fromEntries(Object.entries(templates).filter(([name]) => name !== 'templates/secret.yaml')),
    'templates/second.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}-second}\ndata:\n  mode: {{ .Values.mode | quote }}\n',
    'templates/account.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: {{ .Release.Name }}}\n',
    'values.yaml': values.replace('calm', 'stormy').replace('tag: "1"', 'tag: "2"').replace('{name: B, value: "2"}', '{name: C, value: "3"}').replace('extra: {one: "1"}', 'extra: {two: "2"}')
  }),
  hooks: chart('hooks', '1.0.0', hooks),
  fleeting: chart('fleeting', '1.0.0', {
    'templates/config.yaml': config,
    'templates/early.yaml': job('early', hook('pre-install,pre-upgrade', '0', 'before-hook-creation')).replace('backoffLimit: 0', 'backoffLimit: 0\n  ttlSecondsAfterFinished: 0'),
    'values.yaml': 'mode: calm\nextra: {}\n'
  }),
  tests: chart('tests', '1.0.0', {
    'templates/config.yaml': config,
    'templates/a.yaml': test('test-a', '5', 'hook-succeeded'),
    'templates/b.yaml': test('test-b', '1'),
    'templates/c.yaml': test('test-c', '9', 'hook-failed'),
    'values.yaml': 'mode: calm\nextra: {}\n'
  }),
  crds: chart('crds', '1.0.0', { 'crds/boats.yaml': definition('sea.example.com'), 'templates/boat.yaml': boat('sea.example.com'), 'values.yaml': 'mode: calm\ncrew: [a, b]\nsail: ""\n' }),
  both: chart('both', '1.0.0', {
    'templates/config.yaml': config,
    'templates/other.yaml': '{{- if .Values.elsewhere }}\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: rel-other, namespace: {{ .Release.Namespace }}-other}\ndata: {mode: {{ .Values.mode }}}\n{{- end }}\n',
    'values.yaml': 'mode: calm\nextra: {}\nelsewhere: true\n'
  }),
  jobs: chart('jobs', '1.0.0', { 'templates/job.yaml': job('work', { mode: '{{ .Values.mode }}' }).replace('image: example.com/job', 'image: "example.com/job:{{ .Values.mode }}"'), 'values.yaml': 'mode: calm\n' }),
  parent: chart('parent', '1.0.0', {
    'Chart.yaml': 'apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies: [{name: dinghy, version: 0.1.0, repository: "", condition: dinghy.enabled}]\n',
    'templates/config.yaml': config,
    ...subchart,
    'values.yaml': 'mode: calm\nextra: {}\nglobal: {flag: red}\ndinghy: {enabled: true}\n'
  })
}

/** A post-renderer that puts a label into place. */
export const plugin: Files = {
  'mark/plugin.yaml': 'apiVersion: v1\nname: mark\nversion: 1.0.0\ntype: postrenderer/v1\nruntime: subprocess\nconfig: {}\nruntimeConfig:\n  platformCommand:\n  - command: sed\n    args: ["s/mode: .*/mode: rendered/"]\n'
}

/**
 * Writes files below a folder.
 *
 * @param folder where
 * @param files by their path
 */
export async function writeFiles (folder: string, files: Files): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
}
