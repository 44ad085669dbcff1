import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConfigurationError,
  readClientSettings,
  readSinchSettings,
  readTracingSettings,
  readWorkerSettings,
} from '../../src/config/settings';
import { SETTINGS, type Setting } from '../../src/config/settings-table';

const sinch = { SINCH_PROJECT_ID: 'project', SINCH_KEY_ID: 'key', SINCH_KEY_SECRET: 'secret' };
const withoutFile = { TEMPORAL_CONFIG_FILE: '/no/such/file' };
const worker = { ...sinch, ...withoutFile };
const encryptionKey = (id: string) => `${id}:${Buffer.alloc(32, id).toString('base64')}`;
const hmacSecret = 'a'.repeat(32);

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

const workerProblems = (env: Record<string, string>) => problemsOf(() => readWorkerSettings({ ...worker, ...env }));

function fileWith(content: string | Buffer): string {
  const path = join(mkdtempSync(join(tmpdir(), 'settings-')), 'secret');
  writeFileSync(path, content);
  return path;
}

describe('the environment of a worker', () => {
  it('needs nothing but the credentials of Sinch', () => {
    const settings = readWorkerSettings(worker);
    expect(settings).toMatchObject({
      temporal: { namespace: 'default' },
      taskQueue: 'number-orders',
      sinch: { projectId: 'project', keyId: 'key', keySecret: 'secret', authentication: 'oauth' },
      store: { url: 'file:.number-orders/store', s3: { pathStyle: false } },
      retentionMs: 30 * 86_400_000,
      policy: {
        localReads: true,
        deadlineMarginMs: 300_000,
        reminders: [0.5, 0.75, 0.9],
        reserveForMs: 7 * 86_400_000,
        searches: 2,
        candidates: 5,
        unconfirmedCreations: 3,
        lapseLooks: 3,
        lapseAwaitedMs: 86_400_000,
        retries: {
          calls: { initialMs: 1_000, maxMs: 60_000 },
          uploads: { initialMs: 1_000, maxMs: 60_000 },
          releases: { initialMs: 1_000, maxMs: 600_000, forMs: 86_400_000 },
          notifications: { initialMs: 5_000, maxMs: 3_600_000, forMs: 3 * 86_400_000 },
        },
      },
      polls: { review: { initialMs: 30_000, maxMs: 3 * 3_600_000 } },
      health: { host: '127.0.0.1', port: 8080 },
      tuning: { maxCachedWorkflows: 500, targetMemoryUsage: 0.8, targetCpuUsage: 0.9 },
      shutdownGraceMs: 25_000,
      log: { level: 'info' },
    });
    expect(settings).not.toHaveProperty('callbacks');
    expect(settings).not.toHaveProperty('notifications');
    expect(settings).not.toHaveProperty('deployment');
  });

  it.each([
    ['0.25, .9', [0.25, 0.9]],
    ['off', []],
  ])('sets when requesters are reminded: %s', (written, reminders) => {
    expect(readWorkerSettings({ ...worker, NUMBER_ORDERS_REMINDERS: written }).policy.reminders).toEqual(reminders);
  });

  it.each(['0.9,0.5', '0.5,0.5', '1', '0', '50%', '0.5,', '0.5 0.9', 'never'])(
    'refuses reminders that are not increasing shares of the time: %s',
    (written) => {
      const read = () => readWorkerSettings({ ...worker, NUMBER_ORDERS_REMINDERS: written });
      expect(problemsOf(read)).toEqual([expect.stringMatching(/^NUMBER_ORDERS_REMINDERS must be shares such as/)]);
    },
  );

  it('is checked for every problem at once, each with its variable and remedy', () => {
    const problems = problemsOf(() =>
      readWorkerSettings({
        ...withoutFile,
        SINCH_KEY_ID: 'key',
        NUMBER_ORDERS_REVIEW_POLL: 'soon',
        NUMBER_ORDERS_LOCAL_READS: 'yes',
        NUMBER_ORDERS_HEALTH_ADDRESS: '8080',
        NUMBER_ORDERS_CONTINUE_AS_NEW_EVENTS: '0',
      }),
    );
    expect(problems).toEqual([
      'SINCH_PROJECT_ID is missing: set it',
      'SINCH_KEY_SECRET is missing: set it',
      'NUMBER_ORDERS_LOCAL_READS must be true or false',
      'NUMBER_ORDERS_REVIEW_POLL must be a number and a unit, such as 30 seconds, 5 minutes or 2 days',
      'NUMBER_ORDERS_CONTINUE_AS_NEW_EVENTS must be a whole number from 1 to 9999999',
      'NUMBER_ORDERS_HEALTH_ADDRESS must be host:port, such as 127.0.0.1:8080, or off',
    ]);
  });

  it('is never quoted in a problem', () => {
    const read = () =>
      readWorkerSettings({
        ...worker,
        SINCH_CALLBACK_SECRET: 'hunter2!',
        NUMBER_ORDERS_NOTIFICATION_SECRET: 'hunter2!',
      });
    expect(read).toThrow(ConfigurationError);
    expect(read).not.toThrow(/hunter2/);
  });

  it('treats an empty variable as unset', () => {
    expect(readWorkerSettings({ ...worker, NUMBER_ORDERS_TASK_QUEUE: '', TEMPORAL_NAMESPACE: '' })).toMatchObject({
      taskQueue: 'number-orders',
      temporal: { namespace: 'default' },
    });
  });

  it.each(['SINCH_PROJECT_ID', 'SINCH_KEY_SECRET', 'NUMBER_ORDERS_TASK_QUEUE'])('refuses a blank %s', (name) => {
    expect(workerProblems({ [name]: '  ' })).toEqual([`${name} is blank: set it`]);
  });

  it.each(['?tenant=1', '#top', ' ', '/a b'])(
    'refuses a base URL that ends with %j, because paths are appended to it',
    (end) => {
      for (const name of ['SINCH_NUMBERS_URL', 'NUMBER_ORDERS_S3_ENDPOINT', 'NUMBER_ORDERS_CALLBACK_URL']) {
        const env = { [name]: `https://x.example${end}`, SINCH_CALLBACK_SECRET: hmacSecret };
        expect(workerProblems(env)).toEqual([expect.stringMatching(new RegExp(`^${name} must be`))]);
      }
    },
  );

  it('refuses a URL with a password, and does not repeat it', () => {
    expect(workerProblems({ SINCH_AUTH_URL: 'https://user:hunter2@x.example' })).toEqual([
      'SINCH_AUTH_URL must be an http or https URL, without user, password or fragment',
    ]);
  });

  it.each(['0', '0.0', '1.1', '80', '80%', '-0.5'])('refuses a share of %s', (share) => {
    expect(workerProblems({ NUMBER_ORDERS_TARGET_CPU_USAGE: share })).toEqual([
      'NUMBER_ORDERS_TARGET_CPU_USAGE must be a share such as 0.8, more than 0 and at most 1',
    ]);
  });

  it('refuses a settle time of zero, because a request that is repeated too soon could be processed twice', () => {
    expect(workerProblems({ NUMBER_ORDERS_SETTLE_TIME: '0 seconds' })).toEqual([
      'NUMBER_ORDERS_SETTLE_TIME must be at least 1 second',
    ]);
  });

  it.each(['NUMBER_ORDERS_MAX_CACHED_WORKFLOWS', 'NUMBER_ORDERS_MAX_WORKFLOW_TASKS'])(
    'refuses a value of one for %s',
    (name) => {
      expect(workerProblems({ [name]: '1' })).toEqual([`${name} must be at least 2`]);
    },
  );

  it.each([
    ['0.25', 0.25],
    ['.5', 0.5],
    ['1', 1],
  ])('accepts a share of %s', (written, share) => {
    const { tuning } = readWorkerSettings({ ...worker, NUMBER_ORDERS_TARGET_MEMORY_USAGE: written });
    expect(tuning.targetMemoryUsage).toBe(share);
  });

  it('has no health endpoint when it is off', () => {
    expect(readWorkerSettings({ ...worker, NUMBER_ORDERS_HEALTH_ADDRESS: 'off' })).not.toHaveProperty('health');
  });

  it('accepts an IPv6 address to listen on', () => {
    const settings = readWorkerSettings({ ...worker, NUMBER_ORDERS_HEALTH_ADDRESS: '[::1]:9000' });
    expect(settings.health).toEqual({ host: '::1', port: 9000 });
  });

  it.each([
    ['no base64', 'a:hunter2'],
    ['a key of 16 bytes', `a:${Buffer.alloc(16).toString('base64')}`],
    ['no id', Buffer.alloc(32).toString('base64')],
    ['two keys without a comma', `${encryptionKey('a')} ${encryptionKey('b')}`],
  ])('refuses encryption keys with %s by position, never by value', (_what, keys) => {
    expect(workerProblems({ NUMBER_ORDERS_ENCRYPTION_KEYS: keys })).toEqual([
      expect.stringMatching(/^NUMBER_ORDERS_ENCRYPTION_KEYS must be id:base64key, .* see key 1; [^:]*$/),
    ]);
  });

  it('refuses two encryption keys with the same id', () => {
    const keys = `${encryptionKey('a')},${encryptionKey('b')},${encryptionKey('a')}`;
    expect(workerProblems({ NUMBER_ORDERS_ENCRYPTION_KEYS: keys })).toEqual([
      'NUMBER_ORDERS_ENCRYPTION_KEYS must not have two keys with one id',
    ]);
  });

  it('accepts a module that provides keys, in place of keys', () => {
    const module = fileWith('exports.keySource = { current: () => {}, find: () => {} };');
    expect(readWorkerSettings({ ...worker, NUMBER_ORDERS_KEY_SOURCE: module }).encryptionKeys).toHaveProperty('find');
    const keys = encryptionKey('a');
    expect(workerProblems({ NUMBER_ORDERS_KEY_SOURCE: module, NUMBER_ORDERS_ENCRYPTION_KEYS: keys })).toEqual([
      'NUMBER_ORDERS_ENCRYPTION_KEYS and NUMBER_ORDERS_KEY_SOURCE are both set: keep one of them',
    ]);
  });

  it.each([
    ['is not there', () => '/no/such/module.cjs', 'cannot be loaded (MODULE_NOT_FOUND)'],
    ['throws', () => fileWith('throw new Error("hunter2");'), 'cannot be loaded (it throws)'],
    ['hands out nothing', () => fileWith('exports.keys = [];'), 'must name a module that exports keySource'],
  ])('refuses a module of keys that %s, without quoting its error', (_what, module, problem) => {
    const [said] = workerProblems({ NUMBER_ORDERS_KEY_SOURCE: module() });
    expect(said).toContain(problem);
    expect(said).not.toContain('hunter2');
  });

  it('accepts encryption keys, the first of which encrypts', async () => {
    const keys = `${encryptionKey('new')}, ${encryptionKey('old')}`;
    const { encryptionKeys } = readWorkerSettings({ ...worker, NUMBER_ORDERS_ENCRYPTION_KEYS: keys });
    await expect(encryptionKeys?.current()).resolves.toMatchObject({ id: 'new' });
    await expect(encryptionKeys?.find('old')).resolves.toMatchObject({ id: 'old' });
    await expect(encryptionKeys?.find('other')).resolves.toBeUndefined();
  });

  it.each([
    ['NUMBER_ORDERS_DEPLOYMENT', 'orders', 'NUMBER_ORDERS_BUILD_ID'],
    ['NUMBER_ORDERS_BUILD_ID', '42', 'NUMBER_ORDERS_DEPLOYMENT'],
    ['TEMPORAL_DEPLOYMENT_NAME', 'orders', 'TEMPORAL_WORKER_BUILD_ID'],
    ['TEMPORAL_WORKER_BUILD_ID', '42', 'TEMPORAL_DEPLOYMENT_NAME'],
    ['NUMBER_ORDERS_CALLBACK_URL', 'https://orders.example/callbacks', 'SINCH_CALLBACK_SECRET'],
    ['NUMBER_ORDERS_NOTIFICATION_HOSTS', 'crm.example', 'NUMBER_ORDERS_NOTIFICATION_SECRET'],
  ])('is refused with %s alone: the error says that %s is set and %s missing', (name, value, needed) => {
    expect(workerProblems({ [name]: value })).toEqual([`${needed} is missing: ${name} is set and needs it`]);
  });

  it("has the version that Temporal's Worker Controller sets, unless it sets another", () => {
    const controlled = { ...worker, TEMPORAL_DEPLOYMENT_NAME: 'ns/orders', TEMPORAL_WORKER_BUILD_ID: '1-0-b5c3' };
    expect(readWorkerSettings(controlled).deployment).toEqual({ name: 'ns/orders', buildId: '1-0-b5c3' });
    const told = { ...controlled, NUMBER_ORDERS_DEPLOYMENT: 'orders', NUMBER_ORDERS_BUILD_ID: '42' };
    expect(readWorkerSettings(told).deployment).toEqual({ name: 'orders', buildId: '42' });
  });

  it('enables a feature when all of its settings are set', () => {
    const settings = readWorkerSettings({
      ...worker,
      NUMBER_ORDERS_DEPLOYMENT: 'orders',
      NUMBER_ORDERS_BUILD_ID: '42',
      NUMBER_ORDERS_CALLBACK_URL: 'https://orders.example/callbacks',
      SINCH_CALLBACK_SECRET: hmacSecret,
      NUMBER_ORDERS_NOTIFICATION_SECRET: `whsec_${Buffer.alloc(24).toString('base64')}`,
      NUMBER_ORDERS_NOTIFICATION_HOSTS: 'crm.example, Hooks.example:8443',
    });
    expect(settings).toMatchObject({
      deployment: { name: 'orders', buildId: '42' },
      callbacks: { url: 'https://orders.example/callbacks', secret: hmacSecret },
      notifications: { hosts: ['crm.example', 'hooks.example:8443'] },
    });
  });
});

describe('secrets', () => {
  it('can come from a file, whose last line break is ignored', () => {
    const env = { ...sinch, SINCH_KEY_SECRET: '', SINCH_KEY_SECRET_FILE: fileWith('from-a-file\n') };
    expect(readSinchSettings(env).keySecret).toBe('from-a-file');
  });

  it('cannot come from both a variable and a file', () => {
    const read = () => readSinchSettings({ ...sinch, SINCH_KEY_SECRET_FILE: fileWith('other') });
    expect(problemsOf(read)).toEqual(['SINCH_KEY_SECRET and SINCH_KEY_SECRET_FILE are both set: keep one of them']);
  });

  it('are reported with the reason if their file cannot be read', () => {
    const read = () => readSinchSettings({ ...sinch, SINCH_KEY_SECRET: '', SINCH_KEY_SECRET_FILE: '/no/such/file' });
    expect(problemsOf(read)).toEqual([
      'SINCH_KEY_SECRET_FILE names a file that cannot be read (ENOENT): fix the path or its permissions',
    ]);
  });

  it.each(['SINCH_KEY_SECRET', 'TEMPORAL_API_KEY'])('cannot come from an empty file for %s', (name) => {
    const { SINCH_KEY_SECRET: _, ...rest } = worker;
    const read = () =>
      readWorkerSettings({ SINCH_KEY_SECRET_FILE: fileWith('x'), ...rest, [`${name}_FILE`]: fileWith('\n') });
    expect(problemsOf(read)).toEqual([`${name}_FILE names a file that is empty: write the secret into it`]);
  });

  it("for Temporal can come from a file too, and enable TLS by Temporal's own rules", () => {
    const { temporal } = readClientSettings({ ...withoutFile, TEMPORAL_API_KEY_FILE: fileWith('api-key') });
    expect(temporal.connectionOptions).toMatchObject({ apiKey: 'api-key', tls: true });
  });
});

describe('an invisible character in a setting', () => {
  const keys = `first:${Buffer.alloc(32, 1).toString('base64')}`;

  it.each([
    ['SINCH_KEY_SECRET', 'hunter2\r', 'a carriage return: save its file with LF line endings'],
    ['SINCH_PROJECT_ID', '\uFEFFproject', 'a byte-order mark: save its file as UTF-8 without BOM'],
    ['NUMBER_ORDERS_LOCAL_READS', 'true\r', 'a carriage return'],
    ['NUMBER_ORDERS_STORE', 'file:/orders\r', 'a carriage return'],
    ['NUMBER_ORDERS_ENCRYPTION_KEYS', `${keys}\r`, 'a carriage return'],
    ['NUMBER_ORDERS_TASK_QUEUE', 'orders\u200B', 'the invisible character U+200B'],
    ['NUMBER_ORDERS_TASK_QUEUE', 'or\u0000ders', 'the invisible character U+0000'],
    // Not settings of ours: what Temporal's own library reads.
    ['TEMPORAL_TLS_SERVER_NAME', 'temporal.example\r', 'a carriage return'],
    ['TEMPORAL_GRPC_META_TENANT', '\uFEFFus', 'a byte-order mark'],
  ])('is named for %s %j, and the value is not quoted', (name, value, problem) => {
    expect(workerProblems({ [name]: value })).toEqual([expect.stringContaining(`${name} contains ${problem}`)]);
  });

  it('is named in settings of the S3 client if it is used', () => {
    const AWS_SECRET_ACCESS_KEY = 'hunter2\r';
    expect(workerProblems({ AWS_SECRET_ACCESS_KEY })).toEqual([]);
    expect(workerProblems({ AWS_SECRET_ACCESS_KEY, NUMBER_ORDERS_STORE: 's3://bucket' })).toEqual([
      expect.stringContaining('AWS_SECRET_ACCESS_KEY contains a carriage return'),
    ]);
  });

  it.each(['key ', ' key', 'key\u00A0'])('is named if it is a blank at the beginning or end: %j', (value) => {
    expect(workerProblems({ SINCH_KEY_ID: value })).toEqual([
      'SINCH_KEY_ID begins or ends with a blank: write it without',
    ]);
  });

  it("is ignored at the ends of a secret's file that an editor on Windows has written", () => {
    const env = { ...sinch, SINCH_KEY_SECRET: '', SINCH_KEY_SECRET_FILE: fileWith('\uFEFFfrom-a-file\r\n') };
    expect(readSinchSettings(env).keySecret).toBe('from-a-file');
    const several = fileWith(`\uFEFFfirst:${Buffer.alloc(32, 1).toString('base64')},\r\n${encryptionKey('b')}\r\n`);
    expect(workerProblems({ NUMBER_ORDERS_ENCRYPTION_KEYS_FILE: several })).toEqual([]);
  });

  it.each([
    ['of UTF-16 is named', Buffer.from('\uFEFFsecret', 'utf16le'), 'names a file that is not UTF-8 text'],
    [
      'of UTF-16 without its mark is named',
      Buffer.from('secret', 'utf16le'),
      'contains the invisible character U+0000',
    ],
    ['with one within is named', 'from\r-a-file', 'contains a carriage return'],
  ])('in the file of a secret %s', (_what, content, problem) => {
    const read = () => readSinchSettings({ ...sinch, SINCH_KEY_SECRET: '', SINCH_KEY_SECRET_FILE: fileWith(content) });
    expect(problemsOf(read)).toEqual([expect.stringContaining(`SINCH_KEY_SECRET_FILE ${problem}`)]);
  });

  it('is named in the name of such a file', () => {
    const read = () => readSinchSettings({ ...sinch, SINCH_KEY_SECRET: '', SINCH_KEY_SECRET_FILE: '/run/secret\r' });
    expect(problemsOf(read)).toEqual([expect.stringContaining('SINCH_KEY_SECRET_FILE contains a carriage return')]);
  });
});

describe('further Sinch projects', () => {
  const eu = { projectId: 'p-eu', keyId: 'k-eu', keySecret: 'hunter2', callbackSecret: hmacSecret };
  const SINCH_PROJECTS = JSON.stringify({ eu });

  it.each([
    ['as JSON', { SINCH_PROJECTS }],
    ['from a file', { SINCH_PROJECTS: fileWith(SINCH_PROJECTS) }],
    ['from a file, as every secret', { SINCH_PROJECTS_FILE: fileWith(`\uFEFF${SINCH_PROJECTS}\r\n`) }],
  ])('are read %s, and share only the URLs of Sinch with the default project', (_how, env) => {
    const { projects, policy } = readWorkerSettings({ ...worker, ...env });
    const sinch = { projectId: 'p-eu', keyId: 'k-eu', keySecret: 'hunter2', authentication: 'oauth' };
    const urls = { numbersUrl: 'https://numbers.api.sinch.com', authUrl: 'https://auth.sinch.com/oauth2/token' };
    expect(projects).toEqual(new Map([['eu', { sinch: { ...sinch, ...urls }, callbackSecret: hmacSecret, policy }]]));
    expect(readSinchSettings({ ...worker, ...env }, 'eu')).toEqual({ ...sinch, ...urls });
  });

  it('have each their own limit and task queue', () => {
    const projects = { eu: { ...eu, callsPerSecond: 5 }, us: eu };
    const limits = (env: Record<string, string>) => {
      const read = readWorkerSettings({ ...worker, SINCH_PROJECTS: JSON.stringify(projects), ...env });
      return [read, ...read.projects.values()].map((each) => [
        'taskQueue' in each ? each.sinchCallsPerSecond : each.callsPerSecond,
        each.policy.sinchTaskQueue,
        each.policy.localReads,
      ]);
    };
    const queue = 'number-orders-sinch';
    expect(limits({})).toEqual([
      [undefined, undefined, true],
      [5, `${queue}-eu`, false],
      [undefined, undefined, true],
    ]);
    expect(limits({ NUMBER_ORDERS_SINCH_CALLS_PER_SECOND: '9' })).toEqual([
      [9, queue, false],
      [5, `${queue}-eu`, false],
      [9, `${queue}-us`, false],
    ]);
  });

  it.each([
    ['{', 'must be JSON'],
    ['[]', 'names a file that cannot be read (ENOENT)'],
    ['/no/such/file', 'names a file that cannot be read (ENOENT)'],
    [JSON.stringify({ 'a/b': eu }), 'must name projects with 1 to 64'],
    [JSON.stringify({ default: eu }), 'must name projects with'],
    [JSON.stringify({ eu: { ...eu, keySecret: '' } }), 'has a wrong entry: eu.keySecret'],
    [JSON.stringify({ eu: { ...eu, keysecret: 'hunter2' } }), 'has a wrong entry: eu has an unknown field'],
    [JSON.stringify({ eu: { ...eu, callbackSecret: 'hunter2!' } }), 'has a wrong entry: eu.callbackSecret must be 32'],
    [JSON.stringify({ eu: { ...eu, callsPerSecond: 0 } }), 'has a wrong entry: eu.callsPerSecond must be at least 1'],
    [JSON.stringify({ eu: 'hunter2' }), 'has a wrong entry: eu must be an object'],
  ])('are refused by name if one is wrong, without quoting it: %s', (value, problem) => {
    const problems = workerProblems({ SINCH_PROJECTS: value });
    expect(problems).toEqual([expect.stringContaining(`SINCH_PROJECTS ${problem}`)]);
    expect(problems.join()).not.toContain('hunter2');
  });

  it.each([
    [{ keyId: 'k', keySecret: 's' }, {}, 'eu.projectId is missing'],
    [{ ...eu, callbackSecret: undefined }, { NUMBER_ORDERS_CALLBACK_URL: 'https://x.example' }, 'eu.callbackSecret is'],
    [{ ...eu, numbersUrl: 'http://sinch.example' }, {}, 'eu.numbersUrl must be an https:// URL'],
  ])('are refused if a worker lacks a part of one: %j', (stated, env, problem) => {
    const more = { SINCH_PROJECTS: JSON.stringify({ eu: stated }), SINCH_CALLBACK_SECRET: hmacSecret, ...env };
    expect(workerProblems(more)).toEqual([expect.stringContaining(`SINCH_PROJECTS: ${problem}`)]);
  });
});

describe('the destination of traces', () => {
  const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:4318/';
  const urlOf = (env: Record<string, string>) =>
    readTracingSettings({ OTEL_EXPORTER_OTLP_ENDPOINT, ...env })?.url ?? 'nowhere';

  it.each([
    ['to the endpoint', {}, 'http://127.0.0.1:4318/v1/traces'],
    ['to the endpoint for traces', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://x.example/t' }, 'http://x.example/t'],
    ['nowhere if the SDK is disabled', { OTEL_SDK_DISABLED: 'True' }, 'nowhere'],
    ['nowhere if the exporter is none', { OTEL_TRACES_EXPORTER: 'none' }, 'nowhere'],
    ['nowhere if no endpoint is named', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }, 'nowhere'],
    [
      'by the protocol for traces',
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf' },
      'http://127.0.0.1:4318/v1/traces',
    ],
    [
      'nowhere if the SDK is disabled, whatever the protocol',
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_SDK_DISABLED: 'true' },
      'nowhere',
    ],
  ])('is %s', (_where, env, url) => {
    expect(urlOf(env)).toBe(url);
    const { tracing } = readWorkerSettings({ ...worker, OTEL_EXPORTER_OTLP_ENDPOINT, ...env });
    expect(tracing?.url ?? 'nowhere').toBe(url);
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf'],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, 'OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf'],
    [{ OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'grpc' }, 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL must be http/protobuf'],
    [{ OTEL_TRACES_EXPORTER: 'zipkin' }, 'OTEL_TRACES_EXPORTER must be otlp, or none'],
    [{ OTEL_SDK_DISABLED: 'yes' }, 'OTEL_SDK_DISABLED must be true or false'],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'a=b\r' }, 'OTEL_EXPORTER_OTLP_HEADERS contains a carriage return'],
  ])('is refused with %j, because the worker would send traces nowhere', (env, problem) => {
    expect(problemsOf(() => urlOf(env))).toEqual([expect.stringContaining(problem)]);
    const traced = { ...worker, OTEL_EXPORTER_OTLP_ENDPOINT, ...env };
    expect(problemsOf(() => readWorkerSettings(traced))).toEqual([expect.stringContaining(problem)]);
  });
});

describe('plain HTTP', () => {
  const URLS = ['SINCH_NUMBERS_URL', 'SINCH_AUTH_URL', 'NUMBER_ORDERS_S3_ENDPOINT', 'NUMBER_ORDERS_CODEC_JWKS_URL'];
  /** Its URL needs these. */
  const codec = { NUMBER_ORDERS_CODEC_ISSUER: 'login', NUMBER_ORDERS_CODEC_AUDIENCE: 'codec' };
  const problemsWith = (name: string, url: string, listed = '') =>
    workerProblems({ ...(name.includes('JWKS') && codec), [name]: url, NUMBER_ORDERS_PLAIN_HTTP_HOSTS: listed });

  describe.each(URLS)('to %s', (name) => {
    it.each([
      'http://sinch.example',
      'http://fake-sinch:8091/path',
      'HTTP://10.0.0.1',
      'http://0.0.0.0',
      'http://128.0.0.1',
      'http://localhost.example',
      'http://127.0.0.1.example',
      'http://[::ffff:10.0.0.1]',
      'http://[2001:db8::1]:80',
    ])(
      'is refused with the name of the setting if another host would get credentials or KYC in the clear: %s',
      (url) => {
        expect(problemsWith(name, url)).toEqual([
          expect.stringMatching(new RegExp(`^${name} must be an https:// URL.*NUMBER_ORDERS_PLAIN_HTTP_HOSTS$`)),
        ]);
        expect(problemsWith(name, url.replace(/^http/i, 'https'))).toEqual([]);
      },
    );

    it.each(['http://localhost:1', 'http://LOCALHOST', 'http://127.0.0.1', 'http://127.1:80', 'http://[::1]:8091'])(
      'is accepted on the same machine: %s',
      (url) => {
        expect(problemsWith(name, url)).toEqual([]);
      },
    );

    it.each(['sinch', 'other,SINCH', 'sinch:8091', ' sinch:8091 , other:80'])(
      'is accepted for a host in "%s"',
      (listed) => {
        expect(problemsWith(name, 'http://sinch:8091', listed)).toEqual([]);
      },
    );

    it.each(['sinch.example', 'inch', 'sinch:80', 'example'])('is refused for a host that is not in "%s"', (listed) => {
      expect(problemsWith(name, 'http://sinch:8091', listed)).toEqual([expect.stringContaining(`${name} must be`)]);
    });
  });

  it('is matched with the list by the default port if the URL names none', () => {
    expect(problemsWith('SINCH_NUMBERS_URL', 'http://sinch', 'sinch:80')).toEqual([]);
  });

  it('is accepted for traces, with a warning unless the host is listed or nothing is sent', () => {
    const tracing = (env: Record<string, string>) =>
      readTracingSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', ...env })?.inPlain;
    expect(tracing({})).toBe(true);
    expect(tracing({ NUMBER_ORDERS_PLAIN_HTTP_HOSTS: 'collector' })).toBe(false);
    expect(tracing({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/v1/traces' })).toBe(false);
    expect(tracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' })).toBe(false);
    expect(tracing({ OTEL_SDK_DISABLED: 'true' })).toBeUndefined();
  });
});

describe('docs/settings.md', () => {
  it('lists every setting with its default and meaning, in order, and nothing else', () => {
    const page = readFileSync(join(__dirname, '../../docs/settings.md'), 'utf8');
    const documented = page.match(/^- \*\*`\w+`\*\*.*(\n {2}.*)*/gm)?.map((item) => item.replace(/\n */g, ' '));
    const coded = Object.entries<Setting>(SETTINGS).map(([name, { default: value, meaning, secret }]) => {
      const initial = value === undefined ? '' : `, default \`${value}\``;
      return `- **\`${name}\`**${secret ? ' (secret)' : ''}${initial}: ${meaning}`;
    });
    expect(documented).toEqual(coded);
  });
});
