import { z } from 'zod';
import { TASK_QUEUE } from '@number-orders/contract';
import { parseStoreUrl } from '../store/store-url';
import {
  addresses,
  anyCaseFlag,
  atLeastTwo,
  baseUrl,
  callbackSecret,
  colour,
  count,
  flag,
  hosts,
  imagePath,
  keyList,
  keySource,
  listenAddress,
  milliseconds,
  origin,
  pastTime,
  secureOrigin,
  serviceTokens,
  share,
  text,
  url,
  wait,
} from './schemas';
import { ORDER_SETTINGS } from './order-settings';
import { setting } from './setting';
import { sinchProjects } from './sinch-projects';

export type { Setting } from './setting';

/** The single source. A test compares docs/settings.md with it. */
export const SETTINGS = {
  TEMPORAL_ADDRESS: setting(
    text.optional(),
    'Temporal server, `host:port`; `localhost:7233` when neither it nor the profile names one.',
  ),
  TEMPORAL_NAMESPACE: setting(
    text.optional(),
    'Temporal namespace; `default` when neither it nor the profile names one.',
  ),
  TEMPORAL_API_KEY: setting(text.optional(), 'API key for Temporal; switches TLS on.', { secret: true }),
  TEMPORAL_PROFILE: setting(
    text.optional(),
    'Profile in the Temporal configuration file. `TEMPORAL_CONFIG_FILE`, `TEMPORAL_TLS` and the other variables of `@temporalio/envconfig` are read as well.',
  ),

  SINCH_PROJECT_ID: setting(text, 'The Sinch project of orders that name no other.'),
  SINCH_KEY_ID: setting(text, 'Id of an access key of the project.'),
  SINCH_KEY_SECRET: setting(text, 'Secret of that access key.', { secret: true }),
  SINCH_AUTHENTICATION: setting(
    z.enum(['oauth', 'basic'], { error: 'must be oauth or basic' }),
    '`oauth`: client credentials; `basic`: HTTP Basic, only for trials, as Sinch limits it heavily.',
    { default: 'oauth' },
  ),
  SINCH_NUMBERS_URL: setting(baseUrl, 'Base URL of the Numbers API.', {
    default: 'https://numbers.api.sinch.com',
    encrypted: true,
  }),
  SINCH_AUTH_URL: setting(url, 'Token endpoint.', { default: 'https://auth.sinch.com/oauth2/token', encrypted: true }),
  SINCH_CALLBACK_SECRET: setting(
    callbackSecret.optional(),
    "The project's `hmacSecret`, with which Sinch signs callbacks.",
    { secret: true },
  ),
  SINCH_PROJECTS: setting(
    sinchProjects.optional(),
    'Further Sinch projects that orders can name: a JSON object, or the path of its file: see projects.md.',
    { secret: true },
  ),

  NUMBER_ORDERS_TASK_QUEUE: setting(text, 'The task queue workers poll and clients start orders on.', {
    default: TASK_QUEUE,
  }),
  NUMBER_ORDERS_STORE: setting(
    text.refine((value) => parseStoreUrl(value) !== undefined, {
      error: 'must be file: and a folder, such as file:/var/lib/number-orders, or s3://bucket/prefix',
    }),
    'Where documents are stored until Sinch has them: `file:` and a folder, or `s3://bucket/prefix`. Client and worker must see the same one.',
    { default: 'file:.number-orders/store' },
  ),
  NUMBER_ORDERS_S3_ENDPOINT: setting(
    baseUrl.optional(),
    "URL of an S3-compatible server; unset: Amazon's. Region and credentials come from the AWS SDK's usual sources: `AWS_REGION`, `AWS_ACCESS_KEY_ID` and so on.",
    { encrypted: true },
  ),
  NUMBER_ORDERS_S3_PATH_STYLE: setting(
    flag.optional(),
    "Name the bucket in the URL's path, not its host; unset: only if `NUMBER_ORDERS_S3_ENDPOINT` is set.",
  ),
  NUMBER_ORDERS_S3_ENCRYPTION: setting(
    z.enum(['AES256', 'aws:kms'], { error: 'must be AES256 or aws:kms' }).optional(),
    "Encryption to request from the server: `AES256` (SSE-S3) or `aws:kms`; unset: the bucket's default, on Amazon at least SSE-S3.",
  ),
  NUMBER_ORDERS_RETENTION: setting(wait, 'How long `number-orders sweep` keeps documents whose order is not open.', {
    default: '30 days',
  }),
  NUMBER_ORDERS_CALLBACK_URL: setting(
    baseUrl.optional(),
    'Public base URL of the callback receiver; unset: only polling.',
    {
      needs: ['SINCH_CALLBACK_SECRET'],
    },
  ),
  NUMBER_ORDERS_CALLBACK_ADDRESS: setting(listenAddress, 'Where the callback receiver listens, `host:port`.', {
    default: '127.0.0.1:8090',
  }),
  NUMBER_ORDERS_CALLBACK_SENDERS: setting(
    addresses.optional(),
    'IP addresses and networks that callbacks are accepted from, separated by commas; unset: any. Sinch posts from 54.76.19.159, 54.78.194.39 and 54.155.83.128.',
  ),
  NUMBER_ORDERS_TRUSTED_PROXIES: setting(
    addresses.optional(),
    'IP addresses and networks of the proxies in front of the callback receiver and the intake, whose X-Forwarded-For is trusted.',
  ),
  NUMBER_ORDERS_ENCRYPTION_KEYS: setting(
    keyList.optional(),
    'Keys for payloads and documents, `id:base64key[,id:base64key…]`: the first encrypts, all decrypt; unset: no encryption. Clients and workers need the same keys: see encryption.md.',
    { secret: true },
  ),
  NUMBER_ORDERS_KEY_SOURCE: setting(
    keySource.optional(),
    'Path of a module that supplies the keys instead, such as from a key management service: see encryption.md.',
  ),
  NUMBER_ORDERS_NOTIFICATION_SECRET: setting(
    text
      .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, {
        error: 'must be whsec_ followed by at least 24 random bytes in base64',
      })
      .optional(),
    'Signs notifications, as Standard Webhooks writes it: `whsec_` and base64; unset: no notifications.',
    { secret: true, needs: ['NUMBER_ORDERS_NOTIFICATION_HOSTS'] },
  ),
  NUMBER_ORDERS_NOTIFICATION_HOSTS: setting(
    hosts.optional(),
    'Hosts that notifications may be posted to, separated by commas; unset: no notifications.',
    { needs: ['NUMBER_ORDERS_NOTIFICATION_SECRET'] },
  ),
  NUMBER_ORDERS_DEPLOYMENT: setting(
    text.optional(),
    'Worker deployment name; unset: an unversioned worker. A versioned one gets no orders until its version is made current.',
    { needs: ['NUMBER_ORDERS_BUILD_ID'] },
  ),
  NUMBER_ORDERS_BUILD_ID: setting(text.optional(), 'Build id of this worker within its deployment.', {
    needs: ['NUMBER_ORDERS_DEPLOYMENT'],
  }),
  TEMPORAL_DEPLOYMENT_NAME: setting(
    text.optional(),
    "The same as `NUMBER_ORDERS_DEPLOYMENT`, which overrides it: Temporal's Worker Controller sets it.",
    { needs: ['TEMPORAL_WORKER_BUILD_ID'] },
  ),
  TEMPORAL_WORKER_BUILD_ID: setting(text.optional(), 'The same as `NUMBER_ORDERS_BUILD_ID`, which overrides it.', {
    needs: ['TEMPORAL_DEPLOYMENT_NAME'],
  }),

  ...ORDER_SETTINGS,

  NUMBER_ORDERS_MAX_CACHED_WORKFLOWS: setting(
    atLeastTwo,
    'Orders that a worker keeps in memory; others are replayed from their history when something happens to them. Raise it if `temporal_sticky_cache_total_forced_eviction` rises and there is memory, lower it if memory is short.',
    { default: '500' },
  ),
  NUMBER_ORDERS_MAX_WORKFLOW_TASKS: setting(
    atLeastTwo,
    'Workflow tasks that a worker runs at once, and local activities within them. Raise it if workflow tasks wait while its CPU is idle.',
    { default: '100' },
  ),
  NUMBER_ORDERS_MAX_ACTIVITIES: setting(
    count,
    'Activities that a worker runs at once; those beyond 100 only as the two targets below allow. Raise it if activities wait while CPU and memory are free, lower it to spare Sinch.',
    { default: '200' },
  ),
  NUMBER_ORDERS_SINCH_CALLS_PER_SECOND: setting(
    count.optional(),
    'How many activities that call Sinch all workers together start in a second, for each Sinch project, on its own task queue; the same for each worker. Unset: no limit. Set it if Sinch answers 429.',
  ),
  NUMBER_ORDERS_TARGET_MEMORY_USAGE: setting(
    share,
    "Share of the machine's or container's memory beyond which a worker runs at most 100 activities at once: an upload takes some memory. Lower it if other programs need memory too.",
    { default: '0.8' },
  ),
  NUMBER_ORDERS_TARGET_CPU_USAGE: setting(
    share,
    'Share of the CPU beyond which a worker runs at most 100 activities at once. Lower it if other programs need CPU too.',
    { default: '0.9' },
  ),
  NUMBER_ORDERS_MAX_POLLERS: setting(
    count,
    'Maximum of open polls of a worker for each kind of task; the server scales them up and down. Raise it if tasks wait while slots are free.',
    { default: '50' },
  ),
  NUMBER_ORDERS_RESTORED_AT: setting(
    pastTime.optional(),
    "When workers were restarted after Temporal's database was restored from a backup, RFC 3339: for orders that began before, the first creation and submission is not sent, and Sinch is asked first.",
  ),
  NUMBER_ORDERS_SHUTDOWN_GRACE: setting(
    milliseconds,
    "How long a stopping worker lets activities finish before it cancels them. Less than the orchestrator's grace period. Creations and submissions are never cancelled: with a grace period of 90 seconds their outcomes are known.",
    { default: '25 seconds' },
  ),

  NUMBER_ORDERS_RPC_TIMEOUT: setting(wait, 'How long the client waits for an answer from Temporal or a worker.', {
    default: '30 seconds',
  }),
  NUMBER_ORDERS_HEALTH_ADDRESS: setting(
    listenAddress,
    'Where the worker answers `GET /ready` and `GET /live`, `host:port`, or `off`.',
    {
      default: '127.0.0.1:8080',
    },
  ),
  NUMBER_ORDERS_METRICS_ADDRESS: setting(
    listenAddress.optional(),
    'Where a process serves `GET /metrics` for Prometheus, `host:port`; unset: no metrics. See docs/metrics.md.',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    url.optional(),
    'OTLP/HTTP endpoint that the worker sends its traces to, such as `http://127.0.0.1:4318`; unset: no traces. See docs/traces.md.',
  ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: setting(
    url.optional(),
    'The same as a full URL, such as `http://127.0.0.1:4318/v1/traces`; overrides the one above.',
  ),
  OTEL_SDK_DISABLED: setting(anyCaseFlag, '`true`: no traces, whatever else is set.', { default: 'false' }),
  OTEL_TRACES_EXPORTER: setting(text, '`otlp`, or `none` for no traces.', { default: 'otlp' }),
  OTEL_EXPORTER_OTLP_PROTOCOL: setting(text, '`http/protobuf`, the only one that the worker supports.', {
    default: 'http/protobuf',
  }),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: setting(text.optional(), 'The same; overrides the one above.'),
  NUMBER_ORDERS_CODEC_ADDRESS: setting(listenAddress, 'Where the codec server listens, `host:port`.', {
    default: '127.0.0.1:8091',
  }),
  NUMBER_ORDERS_CODEC_TOKEN: setting(
    text.regex(/^[\x21-\x7e]{32,}$/, { error: 'must be at least 32 characters, without spaces' }).optional(),
    'A bearer token that may use the codec server: for the `temporal` CLI.',
    { secret: true },
  ),
  NUMBER_ORDERS_CODEC_JWKS_URL: setting(
    url.optional(),
    'Keys of the identity provider behind the Web UI: its access tokens may use the codec server.',
    { needs: ['NUMBER_ORDERS_CODEC_ISSUER', 'NUMBER_ORDERS_CODEC_AUDIENCE'], encrypted: true },
  ),
  NUMBER_ORDERS_CODEC_ISSUER: setting(text.optional(), 'The `iss` that those access tokens must have.', {
    needs: ['NUMBER_ORDERS_CODEC_JWKS_URL'],
  }),
  NUMBER_ORDERS_CODEC_AUDIENCE: setting(text.optional(), 'The `aud` that those access tokens must have.', {
    needs: ['NUMBER_ORDERS_CODEC_JWKS_URL'],
  }),
  NUMBER_ORDERS_CODEC_ORIGIN: setting(
    origin.optional(),
    'Origin of the Web UI, such as `https://temporal.example`: the only one whose pages may use the codec server; unset: none.',
  ),
  NUMBER_ORDERS_INTAKE_ADDRESS: setting(listenAddress, 'Where the intake listens, `host:port`.', {
    default: '127.0.0.1:8092',
  }),
  NUMBER_ORDERS_INTAKE_URL: setting(
    secureOrigin.optional(),
    'Public address of the intake, an origin such as `https://kyc.example` that serves nothing else; unset: no links.',
  ),
  NUMBER_ORDERS_INTAKE_TOKEN: setting(
    text.optional(),
    'Token with which a service requests links to the KYC page from that intake: one of its NUMBER_ORDERS_INTAKE_TOKENS.',
    { secret: true, needs: ['NUMBER_ORDERS_INTAKE_URL'] },
  ),
  NUMBER_ORDERS_INTAKE_KEYS: setting(
    keyList.optional(),
    'Keys that sign links to the KYC page, `id:base64key[,id:base64key…]`: the first signs, all verify. For the intake, the worker and the CLI of operators, never for callers.',
    { secret: true, needs: ['NUMBER_ORDERS_INTAKE_URL'] },
  ),
  NUMBER_ORDERS_INTAKE_TOKENS: setting(
    serviceTokens.optional(),
    'Bearer tokens of services that use the HTTP API of the intake, `name:scope+scope:token[,…]`; scopes are `documents`, `links` and `read`.',
    { secret: true },
  ),
  NUMBER_ORDERS_INTAKE_JWKS_URL: setting(
    url.optional(),
    'Keys of the identity provider whose access tokens allow the HTTP API of the intake by their claim `scope`.',
    { encrypted: true, needs: ['NUMBER_ORDERS_INTAKE_ISSUER', 'NUMBER_ORDERS_INTAKE_AUDIENCE'] },
  ),
  NUMBER_ORDERS_INTAKE_ISSUER: setting(text.optional(), 'The `iss` that those access tokens must have.', {
    needs: ['NUMBER_ORDERS_INTAKE_JWKS_URL'],
  }),
  NUMBER_ORDERS_INTAKE_AUDIENCE: setting(text.optional(), 'The `aud` that those access tokens must have.', {
    needs: ['NUMBER_ORDERS_INTAKE_JWKS_URL'],
  }),
  NUMBER_ORDERS_INTAKE_NAME: setting(text.optional(), "Your company's public name, on the KYC page."),
  NUMBER_ORDERS_INTAKE_CONTROLLER: setting(
    text.optional(),
    "The data controller's legal name, on the KYC page; unset: the name above.",
  ),
  NUMBER_ORDERS_INTAKE_PRIVACY_NOTICE: setting(url.optional(), 'Your privacy notice, which the KYC page links to.'),
  NUMBER_ORDERS_INTAKE_LOGO: setting(
    imagePath.optional(),
    'Path of a logo for the KYC page: an SVG, PNG, JPEG or WebP image; it is shown 32 pixels high.',
  ),
  NUMBER_ORDERS_INTAKE_COLOUR: setting(
    colour.optional(),
    'Colour of buttons and links on the KYC page, such as `#2456c8`; links are made darker or lighter if needed to be readable.',
  ),
  NUMBER_ORDERS_INTAKE_RETURN_HOSTS: setting(
    hosts.optional(),
    'Hosts that a KYC page may link back to, separated by commas; unset: none.',
  ),
  NUMBER_ORDERS_INTAKE_DOCUMENT_MB: setting(count, 'Largest document that the intake accepts, in megabytes.', {
    default: '20',
  }),
  NUMBER_ORDERS_INTAKE_ORDER_MB: setting(
    count,
    'Megabytes of documents that the intake accepts for one order in a day; each process counts separately.',
    { default: '500' },
  ),
  NUMBER_ORDERS_INTAKE_ORDER_MESSAGES: setting(
    count,
    'Messages that the intake sends to one order in a day; each process counts separately. An order accepts 2,000 in all.',
    { default: '300' },
  ),
  NUMBER_ORDERS_INTAKE_REQUESTS_PER_MINUTE: setting(
    count,
    'Requests from one sender that the intake answers in a minute; further ones get 429.',
    { default: '240' },
  ),
  NUMBER_ORDERS_PLAIN_HTTP_HOSTS: setting(
    hosts.optional(),
    "Other hosts that are allowed over `http://`, `host` or `host:port`, separated by commas; unset: only this machine. A URL of Sinch, of an S3-compatible server or of the codec server's JWKS on any other host must be `https://`.",
  ),
  NUMBER_ORDERS_LOG_LEVEL: setting(
    z.enum(['trace', 'debug', 'info', 'warn', 'error'], { error: 'must be trace, debug, info, warn or error' }),
    'Lowest level that the worker logs.',
    { default: 'info' },
  ),
  NUMBER_ORDERS_LOG_FORMAT: setting(
    z.enum(['json', 'pretty'], { error: 'must be json or pretty' }).optional(),
    '`json` or `pretty`; unset: pretty on a terminal, JSON elsewhere.',
  ),
} as const;

export type SettingName = keyof typeof SETTINGS;
