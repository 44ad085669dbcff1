{{/* The start of every resource's name. */}}
{{- define "number-orders.fullname" -}}
{{- .Values.fullnameOverride | default .Release.Name | trunc 40 | trimSuffix "-" }}
{{- end }}

{{/* What selects the pods of a process. It never changes. Takes a process of "number-orders.processes". */}}
{{- define "number-orders.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end }}

{{- define "number-orders.labels" -}}
{{ include "number-orders.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Where Sinch posts callbacks, or where people find the intake: as told, or by the host of the ingress. */}}
{{- define "number-orders.publicUrl" -}}
{{- if .publicUrl }}{{ .publicUrl }}{{ else if .ingress.enabled }}https://{{ .ingress.host }}{{ end }}
{{- end }}
