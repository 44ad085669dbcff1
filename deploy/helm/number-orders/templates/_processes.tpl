{{/*
What each process is: its command, the settings of the addresses it listens on, by port, and the secrets it reads. A part of `uses`
brings the settings of the values under that name. `calls`: reaches HTTPS servers, such as Sinch and S3.
*/}}
{{- define "number-orders.facts" -}}
worker:
  command: worker
  listens:
    health: NUMBER_ORDERS_HEALTH_ADDRESS
    metrics: NUMBER_ORDERS_METRICS_ADDRESS
  probes: { port: health, live: /live, ready: /ready }
  uses: [temporal, sinch, store]
  calls: true
  secrets:
    - TEMPORAL_API_KEY
    - SINCH_KEY_SECRET
    - SINCH_CALLBACK_SECRET
    - SINCH_PROJECTS
    - NUMBER_ORDERS_ENCRYPTION_KEYS
    - NUMBER_ORDERS_NOTIFICATION_SECRET
    - NUMBER_ORDERS_INTAKE_KEYS
    - AWS_SHARED_CREDENTIALS_FILE
callbacks:
  command: callbacks
  listens:
    http: NUMBER_ORDERS_CALLBACK_ADDRESS
    metrics: NUMBER_ORDERS_METRICS_ADDRESS
  probes: { port: http, live: /live, ready: /ready }
  uses: [temporal]
  secrets: [TEMPORAL_API_KEY, SINCH_CALLBACK_SECRET, SINCH_PROJECTS, NUMBER_ORDERS_ENCRYPTION_KEYS]
codec:
  command: codec
  listens:
    http: NUMBER_ORDERS_CODEC_ADDRESS
    metrics: NUMBER_ORDERS_METRICS_ADDRESS
  probes: { port: http, live: /live, ready: /ready }
  uses: []
  # The identity provider's keys.
  calls: true
  secrets: [NUMBER_ORDERS_ENCRYPTION_KEYS, NUMBER_ORDERS_CODEC_TOKEN]
intake:
  command: intake
  listens:
    http: NUMBER_ORDERS_INTAKE_ADDRESS
    metrics: NUMBER_ORDERS_METRICS_ADDRESS
  probes: { port: http, live: /live, ready: /ready }
  uses: [temporal, store]
  calls: true
  secrets:
    - TEMPORAL_API_KEY
    - NUMBER_ORDERS_ENCRYPTION_KEYS
    - NUMBER_ORDERS_INTAKE_KEYS
    - NUMBER_ORDERS_INTAKE_TOKENS
    - AWS_SHARED_CREDENTIALS_FILE
sweep:
  command: sweep
  uses: [temporal]
  secrets: [TEMPORAL_API_KEY, NUMBER_ORDERS_ENCRYPTION_KEYS]
nexus:
  command: nexus-endpoint
  uses: [temporal]
  secrets: [TEMPORAL_API_KEY]
{{- end }}

{{/*
The processes that are enabled: a list of { name, resource, facts, values, version }, to which the caller adds `root`. There is one worker
for each version; `resource` is the name of what runs it, and `version` is empty where it has none.
*/}}
{{- define "number-orders.processes" -}}
{{- $fullname := include "number-orders.fullname" . }}
{{- $processes := list }}
{{- range $name, $facts := include "number-orders.facts" . | fromYaml }}
{{- $values := index $.Values $name }}
{{- $process := dict "name" $name "resource" (printf "%s-%s" $fullname $name) "facts" $facts "values" $values "version" dict }}
{{- if not $values.enabled }}
{{- else if and (eq $name "worker") $values.versioning.versions (not $values.versioning.controller.enabled) }}
{{- range $values.versioning.versions }}
{{- $version := dict }}
{{- $resource := $process.resource }}
{{- if .buildId }}
{{- $version = . }}
{{- $resource = printf "%s-%s" $resource (regexReplaceAll "[^a-z0-9-]" (lower .buildId) "-") | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- $processes = append $processes (merge (dict "version" $version "resource" $resource) $process) }}
{{- end }}
{{- else }}
{{- $processes = append $processes $process }}
{{- end }}
{{- end }}
{{- toYaml $processes }}
{{- end }}
