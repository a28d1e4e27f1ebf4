{{/* The chart's name, as labels have it. */}}
{{- define "portolan.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* What objects are called: the release's name, with the chart's unless it says so already. Names of services have 63 characters at most. */}}
{{- define "portolan.fullname" -}}
{{- $name := .Values.nameOverride | default .Chart.Name -}}
{{- $both := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- .Values.fullnameOverride | default $both | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* What a deployment and a service know their pods by: it must never change. */}}
{{- define "portolan.selector" -}}
app.kubernetes.io/name: {{ include "portolan.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* Where an object comes from. A version may hold a plus, which a label may not. */}}
{{- define "portolan.origin" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | replace "+" "_" | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{/* The labels of the server's objects. */}}
{{- define "portolan.labels" -}}
{{ include "portolan.selector" . }}
{{ include "portolan.origin" . }}
{{- end -}}

{{- define "portolan.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (ternary (include "portolan.fullname" .) "default" .Values.serviceAccount.create) -}}
{{- end -}}

{{- define "portolan.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "portolan.claim" -}}
{{- .Values.persistence.existingClaim | default (printf "%s-data" (include "portolan.fullname" .)) -}}
{{- end -}}

{{- define "portolan.scheme" -}}
{{- ternary "http" "https" (empty .Values.tls.secretName) -}}
{{- end -}}

{{/* What everything but /metrics lies below: nothing, or such as /charts. */}}
{{- define "portolan.contextPath" -}}
{{- with .Values.config.contextpath | default "" | trimAll "/" -}}
/{{ . }}
{{- end -}}
{{- end -}}

{{/* How a probe asks for a path: the cluster has no client's certificate, so where one is wanted it only looks whether somebody listens. */}}
{{- define "portolan.probe" -}}
{{- $values := (first .).Values -}}
{{- if and $values.tls.secretName $values.tls.clientCertificates -}}
tcpSocket:
  port: http
{{- else -}}
httpGet:
  path: {{ include "portolan.contextPath" (first .) }}{{ last . }}
  port: http
  {{- if $values.tls.secretName }}
  scheme: HTTPS
  {{- end }}
{{- end -}}
{{- end -}}

{{/* Whether anything asks who is there; what a Secret of one's own holds is not known here. */}}
{{- define "portolan.asks" -}}
{{- $config := .Values.config -}}
{{- $basic := $config.basicauth | default dict -}}
{{- if or $basic.user $basic.htpasswd $basic.htpasswdread $config.bearerauth .Values.credentials.BASIC_AUTH_USER .Values.existingSecret .Values.tls.clientCertificates -}}
true
{{- end -}}
{{- end -}}
