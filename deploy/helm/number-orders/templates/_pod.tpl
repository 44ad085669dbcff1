{{/*
The template of a process's pods. Takes a process, with `root`; `args` follow the command, `givenByController` is set where Temporal's
Worker Controller adds the connection.
*/}}
{{- define "number-orders.podTemplate" -}}
{{- $volumes := include "number-orders.volumes" . | fromYamlArray -}}
{{- $image := .root.Values.image -}}
metadata:
  labels:
    {{- /* Nothing of the chart's version: what changes here replaces the pods. */}}
    {{- include "number-orders.selector" . | nindent 4 }}
    {{- with .version.buildId }}
    build-id: {{ . | quote }}
    {{- end }}
    {{- with .values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .values.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "number-orders.fullname" .root }}-{{ .name }}
  # None of ours speaks to Kubernetes.
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with .values.terminationGracePeriodSeconds }}
  terminationGracePeriodSeconds: {{ . }}
  {{- end }}
  {{- with $image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  securityContext:
    {{- toYaml .root.Values.podSecurityContext | nindent 4 }}
  {{- if .facts.listens }}
  topologySpreadConstraints:
    {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - topologyKey: {{ . }}
      maxSkew: 1
      whenUnsatisfiable: ScheduleAnyway
      matchLabelKeys: [pod-template-hash]
      labelSelector:
        matchLabels:
          {{- include "number-orders.selector" $ | nindent 10 }}
    {{- end }}
  {{- end }}
  {{- range $field := list "nodeSelector" "tolerations" "affinity" "priorityClassName" }}
  {{- with index $.values $field }}
  {{ $field }}:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
  {{- if .facts.listens | not }}
  restartPolicy: {{ .restartPolicy | default "OnFailure" }}
  {{- end }}
  containers:
    - name: {{ .name }}
      {{- if $image.digest }}
      image: {{ $image.repository }}@{{ $image.digest }}
      {{- else }}
      image: {{ $image.repository }}:{{ .version.tag | default $image.tag | default .root.Chart.AppVersion }}
      {{- end }}
      imagePullPolicy: {{ $image.pullPolicy }}
      workingDir: /app
      command:
        - node
        - dist/src/cli/main.js
        - {{ .facts.command }}
        {{- range .args }}
        - {{ . | quote }}
        {{- end }}
      env:
        {{- include "number-orders.environment" . | trim | nindent 8 }}
      {{- with .facts.listens }}
      ports:
        {{- range $port, $_ := . }}
        - name: {{ $port }}
          containerPort: {{ index $.values.ports $port }}
        {{- end }}
      {{- end }}
      {{- with .facts.probes }}
      # A start may take two minutes, for Temporal may be slow to answer.
      startupProbe:
        httpGet: { path: {{ .live }}, port: {{ .port }} }
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: 24
      livenessProbe:
        httpGet: { path: {{ .live }}, port: {{ .port }} }
        periodSeconds: 20
        timeoutSeconds: 5
        failureThreshold: 3
      readinessProbe:
        httpGet: { path: {{ .ready }}, port: {{ .port }} }
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 3
      {{- end }}
      {{- if (.facts.listens | default dict).http }}
      # Until nobody sends it requests any more.
      lifecycle:
        preStop:
          sleep:
            seconds: 5
      {{- end }}
      resources:
        {{- toYaml .values.resources | nindent 8 }}
      securityContext:
        {{- toYaml .root.Values.securityContext | nindent 8 }}
      volumeMounts:
        {{- range $volumes }}
        - name: {{ .volume.name }}
          mountPath: {{ .mountPath }}
          {{- if .readOnly }}
          readOnly: true
          {{- end }}
        {{- end }}
        {{- with .values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    {{- range $volumes }}
    {{- toYaml (list .volume) | nindent 4 }}
    {{- end }}
    {{- with .values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}
