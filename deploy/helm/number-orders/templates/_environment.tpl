{{/* The environment of a process. A map, so that the last one to set something wins; settings of yours come last. */}}
{{- define "number-orders.environment" -}}
{{- $root := .root -}}
{{- $values := $root.Values -}}
{{- $env := dict "NODE_ENV" "production" "NUMBER_ORDERS_LOG_FORMAT" "json" -}}
{{- range $port, $setting := .facts.listens }}
{{- $_ := set $env $setting (printf "%s:%v" $values.listenHost (index $.values.ports $port)) }}
{{- end }}
{{- if has "temporal" .facts.uses }}
{{- with $values.temporal }}
{{- $_ := set $env "TEMPORAL_ADDRESS" .address }}
{{- $_ := set $env "TEMPORAL_NAMESPACE" .namespace }}
{{- if .tls.enabled }}{{ $_ := set $env "TEMPORAL_TLS" "true" }}{{ end }}
{{- if .tls.serverName }}{{ $_ := set $env "TEMPORAL_TLS_SERVER_NAME" .tls.serverName }}{{ end }}
{{- if .tls.clientCertificateSecret }}
{{- $_ := set $env "TEMPORAL_TLS_CLIENT_CERT_PATH" "/run/secrets/temporal-client/tls.crt" }}
{{- $_ := set $env "TEMPORAL_TLS_CLIENT_KEY_PATH" "/run/secrets/temporal-client/tls.key" }}
{{- end }}
{{- if .tls.serverCaSecret }}{{ $_ := set $env "TEMPORAL_TLS_SERVER_CA_CERT_PATH" "/run/secrets/temporal-ca/ca.crt" }}{{ end }}
{{- end }}
{{- end }}
{{- if has "sinch" .facts.uses }}
{{- $_ := set $env "SINCH_PROJECT_ID" $values.sinch.projectId }}
{{- $_ := set $env "SINCH_KEY_ID" $values.sinch.keyId }}
{{- end }}
{{- if has "store" .facts.uses }}{{ $_ := set $env "NUMBER_ORDERS_STORE" $values.store.url }}{{ end }}
{{- range .facts.secrets }}
{{- if index $values.secrets . }}
{{- $_ := set $env (printf "%s_FILE" (trimSuffix "_FILE" .)) (printf "/run/secrets/number-orders/%s" .) }}
{{- end }}
{{- end }}
{{- if and (eq .name "worker") $values.callbacks.enabled }}
{{- $_ := set $env "NUMBER_ORDERS_CALLBACK_URL" (include "number-orders.publicUrl" $values.callbacks) }}
{{- end }}
{{- if and $values.intake.enabled (has .name (list "worker" "intake")) }}
{{- $_ := set $env "NUMBER_ORDERS_INTAKE_URL" (include "number-orders.publicUrl" $values.intake) }}
{{- end }}
{{- if .version.buildId }}
{{- $_ := set $env "NUMBER_ORDERS_DEPLOYMENT" $values.worker.versioning.deploymentName }}
{{- $_ := set $env "NUMBER_ORDERS_BUILD_ID" .version.buildId }}
{{- end }}
{{- $env = mergeOverwrite $env (deepCopy $values.settings) (deepCopy (.values.settings | default dict)) }}
{{- if .givenByController }}
{{- /* Temporal's Worker Controller sets them itself, and no variable may be there twice. */}}
{{- range list "ADDRESS" "NAMESPACE" "API_KEY_FILE" "TLS" "TLS_SERVER_NAME" "TLS_CLIENT_CERT_PATH" "TLS_CLIENT_KEY_PATH" }}
{{- $_ := unset $env (printf "TEMPORAL_%s" .) }}
{{- end }}
{{- end }}
{{- range $name := keys $env | sortAlpha }}
- name: {{ $name }}
  value: {{ index $env $name | toString | quote }}
{{- end }}
{{- end }}
