{{/*
The processes: how each is started, what it listens on and which secrets it needs. What is enabled and how much of it is in the
values under the same name. `connects`: speaks to Temporal.
*/}}
{{- define "number-orders.components" -}}
worker:
  command: [node, dist/src/cli/main.js, worker]
  connects: true
  sinch: true
  store: true
  listens:
    health: NUMBER_ORDERS_HEALTH_ADDRESS
    metrics: NUMBER_ORDERS_METRICS_ADDRESS
  probes: { port: health, live: /live, ready: /health }
  secrets:
    - TEMPORAL_API_KEY
    - SINCH_KEY_SECRET
    - SINCH_CALLBACK_SECRET
    - NUMBER_ORDERS_ENCRYPTION_KEYS
    - NUMBER_ORDERS_NOTIFICATION_SECRET
{{- end }}
