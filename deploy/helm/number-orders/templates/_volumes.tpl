{{/* What a process finds in its files: a list of { mountPath, readOnly, volume }. The container's group reads secrets, nobody else. */}}
{{- define "number-orders.volumes" -}}
{{- $secrets := .root.Values.secrets -}}
{{- $tls := .root.Values.temporal.tls -}}
- mountPath: /tmp
  volume:
    name: tmp
    emptyDir: {}
{{- $sources := list }}
{{- range .facts.secrets }}
{{- if not (and (eq . "TEMPORAL_API_KEY") $.givenByController) }}
{{- with index $secrets . }}{{ $sources = append $sources . }}{{ end }}
{{- end }}
{{- end }}
{{- if $sources }}
- mountPath: /run/secrets/number-orders
  readOnly: true
  volume:
    name: secrets
    projected:
      defaultMode: 0440
      sources:
        {{- range $setting := .facts.secrets }}
        {{- if not (and (eq . "TEMPORAL_API_KEY") $.givenByController) }}
        {{- with index $secrets $setting }}
        - secret:
            name: {{ .secret }}
            items:
              - key: {{ .key }}
                path: {{ $setting }}
        {{- end }}
        {{- end }}
        {{- end }}
{{- end }}
{{- if has "temporal" .facts.uses }}
{{- if and $tls.clientCertificateSecret (not .givenByController) }}
- mountPath: /run/secrets/temporal-client
  readOnly: true
  volume:
    name: temporal-client
    secret:
      secretName: {{ $tls.clientCertificateSecret }}
      defaultMode: 0440
{{- end }}
{{- with $tls.serverCaSecret }}
- mountPath: /run/secrets/temporal-ca
  readOnly: true
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
{{- if and (has "store" .facts.uses) (hasPrefix "file:" .root.Values.store.url) }}
- mountPath: {{ trimPrefix "file:" .root.Values.store.url }}
  volume:
    name: store
    persistentVolumeClaim:
      claimName: {{ .root.Values.store.existingClaim }}
{{- end }}
{{- end }}
