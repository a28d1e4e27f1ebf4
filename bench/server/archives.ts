import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rawTar } from '../../test/helpers/chart-archive.js'

/** How many versions a chart of the stores has. */
const versionsOfChart = 20

/** How many charts a store has. */
export function chartsOf (versions: number): number {
  return Math.ceil(versions / versionsOfChart)
}

/** The name of a store's chart, counted from 0. */
export function chartName (chart: number): string {
  return `service-${String(chart).padStart(5, '0')}`
}

/**
 * Writes archives as a team's years of releases would have left them: 20 versions a chart, each time the same bytes.
 *
 * @param folder where they go; made when it is not there
 * @param versions how many
 */
export function writeArchives (folder: string, versions: number): void {
  mkdirSync(folder, { recursive: true })
  for (let i = 0; i < versions; i++) {
    const name = chartName(Math.floor(i / versionsOfChart))
    const version = `1.${i % versionsOfChart}.0`
    writeFileSync(join(folder, `${name}-${version}.tgz`), chartArchiveOf(name, version))
  }
}

/** A small chart of a web service: 1.3 kB of archive, and an entry of the index of 800 bytes. */
export function chartArchiveOf (name: string, version: string): Buffer {
  const files = { 'Chart.yaml': chartYaml(name, version), ...sharedFiles }
  return gzipSync(rawTar(Object.entries(files).map(([file, data]) => ({ name: `${name}/${file}`, data }))))
}

function chartYaml (name: string, version: string): string {
  return `apiVersion: v2
name: ${name}
version: ${version}
appVersion: "${version}"
description: The ${name} of the shop, with its service and autoscaler
type: application
home: https://shop.example.com/${name}
icon: https://shop.example.com/icons/${name}.svg
keywords: [shop, http, api]
sources:
- https://git.example.com/shop/${name}
- https://git.example.com/shop/charts
maintainers:
- name: Team A
  email: team-a@example.com
- name: Team B
  email: team-b@example.com
annotations:
  category: Infrastructure
  example.com/license: Apache-2.0
`
}

const labels = `app.kubernetes.io/name: {{ .Chart.Name }}
    app.kubernetes.io/instance: {{ .Release.Name }}
    app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
    helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}`

/** What all charts have. */
const sharedFiles = {
  'values.yaml': `# How many pods run when the autoscaler is off.
replicas: 2
image:
  repository: registry.example.com/shop/service
  # The chart's appVersion when empty.
  tag: ""
  pullPolicy: IfNotPresent
service:
  type: ClusterIP
  port: 80
resources:
  requests: { cpu: 100m, memory: 128Mi }
  limits: { memory: 256Mi }
autoscaling:
  enabled: false
  minReplicas: 2
  maxReplicas: 10
  targetCPU: 80
nodeSelector: {}
tolerations: []
`,
  'templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels:
    ${labels}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicas }}
  {{- end }}
  selector:
    matchLabels:
      app.kubernetes.io/instance: {{ .Release.Name }}
  template:
    metadata:
      labels:
        app.kubernetes.io/instance: {{ .Release.Name }}
    spec:
      containers:
      - name: service
        image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
        imagePullPolicy: {{ .Values.image.pullPolicy }}
        ports:
        - { name: http, containerPort: 8080 }
        livenessProbe:
          httpGet: { path: /health, port: http }
        resources:
          {{- toYaml .Values.resources | nindent 10 }}
      {{- with .Values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
`,
  'templates/service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
  labels:
    ${labels}
spec:
  type: {{ .Values.service.type }}
  ports:
  - { name: http, port: {{ .Values.service.port }}, targetPort: http }
  selector:
    app.kubernetes.io/instance: {{ .Release.Name }}
`,
  'templates/autoscaler.yaml': `{{- if .Values.autoscaling.enabled }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ .Release.Name }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ .Release.Name }} }
  minReplicas: {{ .Values.autoscaling.minReplicas }}
  maxReplicas: {{ .Values.autoscaling.maxReplicas }}
  metrics:
  - type: Resource
    resource: { name: cpu, target: { type: Utilization, averageUtilization: {{ .Values.autoscaling.targetCPU }} } }
{{- end }}
`
}
