{{/* The environment of a container, in the order of its names: a map has one value for each. Takes { root, name, facts, values }. */}}
{{- define "number-orders.environment" -}}
{{- $root := .root -}}
{{- $env := dict "NODE_ENV" "production" "NUMBER_ORDERS_LOG_FORMAT" "json" -}}
{{- range $port, $setting := .facts.listens }}
{{- $_ := set $env $setting (printf "%s:%v" $root.Values.listenHost (index $.values.ports $port)) }}
{{- end }}
{{- if .facts.connects }}
{{- with $root.Values.temporal }}
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
{{- if .facts.sinch }}
{{- $_ := set $env "SINCH_PROJECT_ID" $root.Values.sinch.projectId }}
{{- $_ := set $env "SINCH_KEY_ID" $root.Values.sinch.keyId }}
{{- end }}
{{- if .facts.store }}{{ $_ := set $env "NUMBER_ORDERS_STORE" $root.Values.store.url }}{{ end }}
{{- range .facts.secrets }}
{{- if index $root.Values.secrets . }}{{ $_ := set $env (printf "%s_FILE" .) (printf "/run/secrets/number-orders/%s" .) }}{{ end }}
{{- end }}
{{- $env = mergeOverwrite $env (deepCopy $root.Values.settings) (deepCopy .values.settings) }}
{{- range $name := keys $env | sortAlpha }}
- name: {{ $name }}
  value: {{ index $env $name | toString | quote }}
{{- end }}
{{- end }}

{{/* Takes { root, name, facts, values }: a list of { mountPath, volume }. */}}
{{- define "number-orders.volumes" -}}
- mountPath: /tmp
  volume:
    name: tmp
    emptyDir: {}
{{- $sources := list }}
{{- range .facts.secrets }}
{{- with index $.root.Values.secrets . }}{{ $sources = append $sources . }}{{ end }}
{{- end }}
{{- if $sources }}
- mountPath: /run/secrets/number-orders
  volume:
    name: secrets
    projected:
      # The container's group reads them, nobody else does.
      defaultMode: 0440
      sources:
        {{- range $setting := .facts.secrets }}
        {{- with index $.root.Values.secrets $setting }}
        - secret:
            name: {{ .secret }}
            items:
              - key: {{ .key }}
                path: {{ $setting }}
        {{- end }}
        {{- end }}
{{- end }}
{{- if .facts.connects }}
{{- with .root.Values.temporal.tls.clientCertificateSecret }}
- mountPath: /run/secrets/temporal-client
  volume:
    name: temporal-client
    secret:
      secretName: {{ . }}
      defaultMode: 0440
{{- end }}
{{- with .root.Values.temporal.tls.serverCaSecret }}
- mountPath: /run/secrets/temporal-ca
  volume:
    name: temporal-ca
    secret:
      secretName: {{ . }}
      defaultMode: 0440
      items:
        - key: ca.crt
          path: ca.crt
{{- end }}
{{- end }}
{{- if and .facts.store .root.Values.store.existingClaim }}
- mountPath: {{ trimPrefix "file:" .root.Values.store.url }}
  volume:
    name: store
    persistentVolumeClaim:
      claimName: {{ .root.Values.store.existingClaim }}
{{- end }}
{{- end }}
