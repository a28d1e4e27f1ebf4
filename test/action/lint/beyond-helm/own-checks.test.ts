import t from 'tap'
import { ownChecks } from '../../../../src/action/lint/beyond-helm/own-checks.js'
import { messageLine } from '../../../../src/action/lint/message.js'
import { loadFiles } from '../../../../src/chart/load-files.js'
import { encode } from '../../../../src/go/bytes.js'

const sources = { clock: () => new Date(0), random: (size: number) => new Uint8Array(size) }

/** What is said of a chart of one template, or of several files. */
function said (values: string, template: string, files: Readonly<Record<string, string>> = {}): string[] {
  const all = { 'Chart.yaml': 'apiVersion: v2\nname: case\nversion: 1.0.0\n', 'values.yaml': values, 'templates/a.yaml': template, ...files }
  return ownChecks(loadFiles(Object.entries(all).map(([name, text]) => ({ name, data: encode(text) }))), sources).map(messageLine)
}

/** The values that no template is found to read. */
function unread (values: string, template: string, files: Readonly<Record<string, string>> = {}): string[] {
  return said(values, template, files).map(line => line.replace('[WARNING] values.yaml: no template reads ', ''))
}

t.test('values that no template reads', async t => {
  t.strictSame(unread('a: 1\nb: 2\n', '{{ .Values.a }}'), ['b'])
  t.strictSame(unread('a: {b: 1, c: 2}\n', '{{ .Values.a.b }}'), ['a.c'])
  t.strictSame(unread('a: {b: {c: 1}, "d/e": 1}\n', '{{ .Values.x }}'), ['a'], 'of a map of which nothing is read, only the map')
  t.strictSame(unread('a: {"d.e": 1, f: 2}\n', '{{ .Values.a.f }}'), ['a."d.e"'])
  t.strictSame(unread('a: {}\nb: []\nc: null\n', ''), ['a', 'b', 'c'], 'defaults without anything in them, too')
  t.strictSame(unread('a: {b: 1}\n', '{{ if .Values.a }}x{{ end }}'), ['a.b'], 'a condition looks at the map, not at what is in it')
  t.strictSame(unread('a: 1\nb: 2\n', '{{ if and .Values.a (not .Values.b) }}x{{ end }}'), [])
})

t.test('ways to read a value', async t => {
  const reads = (template: string, files: Readonly<Record<string, string>> = {}): void => { t.strictSame(unread('a: {b: 1}\n', template, files), [], template) }
  reads('{{ toYaml .Values.a | nindent 2 }}')
  reads('{{ $.Values.a.b }}')
  reads('{{ $top := . }}{{ range list 1 }}{{ $top.Values.a.b }}{{ end }}')
  reads('{{ $values := .Values }}{{ $values.a.b }}')
  reads('{{ with .Values.a }}{{ .b }}{{ end }}')
  reads('{{ with .Values }}{{ with .a }}{{ .b }}{{ end }}{{ end }}')
  reads('{{ with $a := .Values.a }}{{ $a.b }}{{ end }}')
  reads('{{ range $key, $value := .Values.a }}{{ $key }}{{ end }}')
  reads('{{ range .Values.a }}{{ . }}{{ end }}')
  reads('{{ index .Values "a" "b" }}')
  reads('{{ (index .Values "a").b }}')
  reads('{{ (.Values.a).b }}')
  reads('{{ get .Values.a "b" }}')
  reads('{{ index .Values .Chart.Name }}')
  reads('{{ if hasKey .Values.a "b" }}x{{ end }}')
  reads('{{ include "x" (dict "context" $) }}{{ define "x" }}{{ .context.Values.a.b }}{{ end }}')
  reads('{{ include "x" (dict "value" .Values.a) }}')
  reads('{{ template "x" .Values.a }}{{ define "x" }}{{ end }}')
  reads('{{ tpl "{{ .Values.a.b }}" . }}')
  reads('{{ tpl (.Files.Get "x.txt") . }}', { 'x.txt': '{{ .Values.a.b }}' })
  reads('{{ get . "Values" | toYaml }}')
  reads('{{ merge .Values (dict) | toYaml }}')
  reads('{{ range $_, $name := list "a" }}{{ get $.Values $name }}{{ end }}')
  reads('{{ define "x" }}{{ with .Values.a }}{{ template "y" . }}{{ end }}{{ end }}')
  t.strictSame(unread('a: {b: 1}\nc: "{{ .Values.a.b }}"\n', '{{ tpl .Values.c . }}'), [], 'values that are templates')
})

t.test('what others read', async t => {
  const sub = { 'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n' }
  t.strictSame(unread('sub: {x: 1}\nglobal: {y: 1}\ntags: {z: true}\nexports: {data: {a: 1}}\n', '', sub), [], 'sub-charts, and Helm')
  t.strictSame(unread('a: 1\n', '', { ...sub, 'charts/sub/templates/_x.tpl': '{{ define "x" }}{{ .Values.a }}{{ end }}' }), [], 'a library')
  t.strictSame(unread('a: 1\n', '', { 'Chart.yaml': 'apiVersion: v2\nname: case\nversion: 1.0.0\ndependencies: [{name: x, version: 1.0.0}]\n' }), [], 'a chart that is not there')
  t.strictSame(unread('a: {on: true, off: true}\n', '', { ...sub, 'Chart.yaml': 'apiVersion: v2\nname: case\nversion: 1.0.0\ndependencies: [{name: sub, version: 1.0.0, condition: "sub.on,a.x"}]\n' }), ['a.true', 'a.false'], 'conditions')
  t.strictSame(unread('a: 1\n', '', { 'Chart.yaml': 'apiVersion: v2\nname: case\nversion: 1.0.0\ntype: library\n' }), [], 'those who include a library')
  t.strictSame(unread('a: 1\n', '{{ if }}'), [], 'templates that cannot be parsed')
})

t.test('whole numbers that print with an exponent', async t => {
  const prints = (template: string, values = 'a: 1000000\n'): boolean => said(values, template).some(line => line.includes('prints'))
  for (const template of [
    '{{ .Values.a }}', '{{ .Values.a | quote }}', '{{ quote .Values.a }}', '{{ toString .Values.a | upper }}', '{{ .Values.a | default 5 }}', '{{ default 5 .Values.a }}',
    '{{ (.Values.a) | quote }}', '{{ print .Values.a }}', '{{ with .Values.a }}{{ . }}{{ end }}', '{{ required "x" .Values.a }}', '{{ $a := .Values.a }}{{ $a }}'
  ]) t.ok(prints(template), template)
  t.ok(prints('{{ range .Values.l }}{{ . }}{{ end }}', 'l: [1, 2000000]\n'))
  t.ok(prints('{{ join "," .Values.l }}', 'l: [1, 2000000]\n'))
  for (const template of [
    '{{ int .Values.a }}', '{{ .Values.a | int64 | quote }}', '{{ toYaml .Values.a }}', '{{ toJson .Values.a }}', '{{ printf "%.0f" .Values.a }}', '{{ add .Values.a 1 }}',
    '{{ if eq .Values.a 5.0 }}x{{ end }}', '{{ include "x" .Values.a }}', '{{ $a := .Values.a }}', '{{ .Values.a | int | default 5 }}'
  ]) t.notOk(prints(template), template)
  t.notOk(prints('{{ .Values.a }}', 'a: 999999\n'))
  t.notOk(prints('{{ .Values.a }}', 'a: "1000000"\n'))
  t.strictSame(said('a: 1234567\n', 'x: 1\ny: {{ .Values.a }}\nz: {{ .Values.a }}\n'), [
    '[WARNING] templates/a.yaml:2: {{ .Values.a }} prints 1234567 as 1.234567e+06: put it through int64, or write it in quotes in values.yaml',
    '[WARNING] templates/a.yaml:3: {{ .Values.a }} prints 1234567 as 1.234567e+06: put it through int64, or write it in quotes in values.yaml'
  ])
})
