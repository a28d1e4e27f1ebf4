import { chartNameMark as name } from './chart-files.js'

/** The definitions that the templates share, by the names that people know from other charts. */
export const helpersTpl = `{{/* The chart's name, or what the values put in its place. Names of objects end at 63 characters, as DNS asks. */}}
{{- define "${name}.name" -}}
{{ .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* The name of the release's objects: release and chart, but the chart only once where the release is named after it. */}}
{{- define "${name}.fullname" -}}
{{- $own := .Values.nameOverride | default .Chart.Name }}
{{- $both := contains $own .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $own) -}}
{{ .Values.fullnameOverride | default $both | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Chart and version as a label's value, which may hold no plus sign. */}}
{{- define "${name}.chart" -}}
{{ list .Chart.Name .Chart.Version | join "-" | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* The labels that never change for a release: selectors ask for them. */}}
{{- define "${name}.selectorLabels" -}}
app.kubernetes.io/name: {{ include "${name}.name" $ }}
app.kubernetes.io/instance: {{ $.Release.Name }}
{{- end }}

{{/* All labels of an object. */}}
{{- define "${name}.labels" -}}
{{ include "${name}.selectorLabels" $ }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ quote . }}
{{- end }}
app.kubernetes.io/managed-by: {{ $.Release.Service }}
helm.sh/chart: {{ include "${name}.chart" $ }}
{{- end }}

{{/* The account that pods run as. */}}
{{- define "${name}.serviceAccountName" -}}
{{ .Values.serviceAccount.name | default (.Values.serviceAccount.create | ternary (include "${name}.fullname" $) "default") }}
{{- end }}
`

export const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "${name}.fullname" $ }}
  labels: {{- include "${name}.labels" $ | nindent 4 }}
spec:
  {{- /* The autoscaler counts the pods where there is one. */}}
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ int .Values.replicaCount }}
  {{- end }}
  selector:
    matchLabels: {{- include "${name}.selectorLabels" $ | nindent 6 }}
  template:
    metadata:
      labels: {{- include "${name}.labels" $ | nindent 8 }}
        {{- with .Values.podLabels }}{{ toYaml . | nindent 8 }}{{ end }}
      {{- with .Values.podAnnotations }}
      annotations: {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      serviceAccountName: {{ include "${name}.serviceAccountName" $ }}
      {{- with .Values.imagePullSecrets }}
      imagePullSecrets: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.podSecurityContext }}
      securityContext: {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ .Chart.Name }}
          image: {{ printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion | toString) | quote }}
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          {{- with .Values.securityContext }}
          securityContext: {{- toYaml . | nindent 12 }}
          {{- end }}
          ports:
            - name: http
              containerPort: {{ int .Values.service.port }}
              protocol: TCP
          {{- with .Values.livenessProbe }}
          livenessProbe: {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- with .Values.readinessProbe }}
          readinessProbe: {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- with .Values.resources }}
          resources: {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- with .Values.volumeMounts }}
          volumeMounts: {{- toYaml . | nindent 12 }}
          {{- end }}
      {{- with .Values.volumes }}
      volumes: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.affinity }}
      affinity: {{- toYaml . | nindent 8 }}
      {{- end }}
`

export const service = `apiVersion: v1
kind: Service
metadata:
  name: {{ include "${name}.fullname" $ }}
  labels: {{- include "${name}.labels" $ | nindent 4 }}
spec:
  type: {{ .Values.service.type }}
  selector: {{- include "${name}.selectorLabels" $ | nindent 4 }}
  ports:
    - name: http
      port: {{ int .Values.service.port }}
      targetPort: http
      protocol: TCP
`

export const serviceAccount = `{{- with .Values.serviceAccount }}
{{- if .create -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "${name}.serviceAccountName" $ }}
  labels: {{- include "${name}.labels" $ | nindent 4 }}
  {{- with .annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: {{ .automount }}
{{- end }}
{{- end }}
`

export const hpa = `{{- with .Values.autoscaling }}
{{- if .enabled -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "${name}.fullname" $ }}
  labels: {{- include "${name}.labels" $ | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "${name}.fullname" $ }}
  minReplicas: {{ int .minReplicas }}
  maxReplicas: {{ int .maxReplicas }}
  metrics:
    {{- $targets := dict "cpu" .targetCPUUtilizationPercentage "memory" .targetMemoryUtilizationPercentage }}
    {{- range $resource, $share := $targets }}
    {{- if $share }}
    - type: Resource
      resource:
        name: {{ $resource }}
        target:
          type: Utilization
          averageUtilization: {{ int $share }}
    {{- end }}
    {{- end }}
{{- end }}
{{- end }}
`

export const ingress = `{{- with .Values.ingress }}
{{- if .enabled -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ include "${name}.fullname" $ }}
  labels: {{- include "${name}.labels" $ | nindent 4 }}
  {{- with .annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with .className }}
  ingressClassName: {{ quote . }}
  {{- end }}
  {{- with .tls }}
  tls: {{- toYaml . | nindent 4 }}
  {{- end }}
  rules:
    {{- range .hosts }}
    - host: {{ quote .host }}
      http:
        paths:
          {{- range .paths }}
          - path: {{ quote .path }}
            pathType: {{ .pathType | default "ImplementationSpecific" }}
            backend:
              service:
                name: {{ include "${name}.fullname" $ }}
                port:
                  name: http
          {{- end }}
    {{- end }}
{{- end }}
{{- end }}
`

export const httpRoute = `{{- with .Values.httpRoute }}
{{- if .enabled -}}
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: {{ include "${name}.fullname" $ }}
  labels: {{- include "${name}.labels" $ | nindent 4 }}
  {{- with .annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  parentRefs: {{- toYaml .parentRefs | nindent 4 }}
  {{- with .hostnames }}
  hostnames: {{- toYaml . | nindent 4 }}
  {{- end }}
  rules:
    {{- range .rules }}
    - backendRefs:
        - name: {{ include "${name}.fullname" $ }}
          port: {{ int $.Values.service.port }}
          weight: 1
      {{- with .matches }}
      matches: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .filters }}
      filters: {{- toYaml . | nindent 8 }}
      {{- end }}
    {{- end }}
{{- end }}
{{- end }}
`

export const testConnection = `{{- /* Run by the test command: fetches the start page by the service's name. */ -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "${name}.fullname" $ }}-test-connection
  labels: {{- include "${name}.labels" $ | nindent 4 }}
  annotations:
    helm.sh/hook: test
spec:
  restartPolicy: Never
  containers:
    - name: fetch
      image: busybox
      command: [wget, -O, /dev/null, "http://{{ include "${name}.fullname" $ }}:{{ int .Values.service.port }}/"]
`

export const notes = `{{- $service := include "${name}.fullname" $ }}
{{- $port := int .Values.service.port }}
{{- $where := printf "--namespace %s" .Release.Namespace -}}
{{ .Chart.Name }} {{ .Chart.AppVersion }} runs as release {{ .Release.Name }}. How to reach it:
{{ if .Values.httpRoute.enabled }}
{{- range .Values.httpRoute.hostnames }}
  http://{{ . }}/
{{- else }}
  by the host names of the gateway's listener
{{- end }}

The gateway decides which listener, port and protocol that is:
{{- range .Values.httpRoute.parentRefs }}
  kubectl get gateway {{ .name }} --namespace {{ .namespace | default $.Release.Namespace }} -o yaml
{{- end }}
{{- else if .Values.ingress.enabled }}
{{- range .Values.ingress.hosts }}
{{- $host := .host }}
{{- range .paths }}
  {{ $.Values.ingress.tls | empty | ternary "http" "https" }}://{{ $host }}{{ .path }}
{{- end }}
{{- end }}
{{- else if eq .Values.service.type "NodePort" }}
  node=$(kubectl get nodes -o jsonpath='{.items[0].status.addresses[0].address}')
  port=$(kubectl get service {{ $service }} {{ $where }} -o jsonpath='{.spec.ports[0].nodePort}')
  echo "http://$node:$port/"
{{- else if eq .Values.service.type "LoadBalancer" }}
  kubectl get service {{ $service }} {{ $where }} --watch    # until it has an EXTERNAL-IP
  address=$(kubectl get service {{ $service }} {{ $where }} -o jsonpath='{.status.loadBalancer.ingress[0].ip}{.status.loadBalancer.ingress[0].hostname}')
  echo "http://$address:{{ $port }}/"
{{- else }}
  kubectl port-forward service/{{ $service }} 8080:{{ $port }} {{ $where }}
  echo "http://127.0.0.1:8080/"
{{- end }}
`
