import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { SEARCH_ATTRIBUTE_KEYS, WORKFLOW_TYPE, workflowIdOf } from '@number-orders/contract';
import { createDataConverter } from '../../src/data-converter';
import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { commandLine } from '../support/command-line';
import { startConnectProxy } from '../support/connect-proxy';
import { asSetting, keyList, newKey } from '../support/keys';
import { gbMobile } from '../support/kyc';
import { standForAll } from '../support/stands';
import { devServer, devServerAddress } from '../support/temporal';

describe('number-orders doctor', () => {
  const keys = keyList(newKey('one'));
  const stand = standForAll(() => devServer({ dataConverter: createDataConverter(keys) }), {
    dataConverter: createWorkerDataConverter(keys),
  });
  const cli = commandLine(stand);
  const withKeys = { env: { NUMBER_ORDERS_ENCRYPTION_KEYS: asSetting(keys) } };

  it('finds no problem in a working installation', async () => {
    const { code, out } = await cli(['doctor']);
    expect({ code, failed: out.match(/^FAIL.*/gm) }).toEqual({ code: 0, failed: null });
    expect(out.match(/^ok/gm)).toHaveLength(10);
    // A dev server keeps what has ended for a day.
    expect(out).toMatch(/^warn {2}references +unique until 1 day after .* --namespace default --retention 90d$/m);
  });

  it('reports a project that was removed while orders are open, and tests the credentials of those that remain', async () => {
    const reference = await stand.start({ ...gbMobile, project: 'gone' });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const ofAnotherFleet = await stand.environment.client.workflow.start(WORKFLOW_TYPE, {
      workflowId: workflowIdOf(`test-${randomUUID()}`),
      taskQueue: `theirs-${randomUUID()}`,
      typedSearchAttributes: [{ key: SEARCH_ATTRIBUTE_KEYS.project, value: 'theirs' }],
    });
    const { projectId, keyId, keySecret } = stand.fake;
    const projects = { eu: { projectId, keyId, keySecret }, us: { projectId, keyId, keySecret: 'wrong' } };
    let out = '';
    // Visibility is behind the order.
    for (let tries = 0; !out.includes('gone') && tries < 100; tries++) {
      await delay(100);
      ({ out } = await cli(['doctor'], { env: { SINCH_PROJECTS: JSON.stringify(projects) } }));
    }
    expect(out).toMatch(
      /^FAIL {2}projects in use +1 open order belongs to projects that SINCH_PROJECTS lacks: gone\./m,
    );
    expect(out).toMatch(/^ok {4}Sinch projects +eu, us$/m);
    expect(out).toMatch(/^ok {4}Sinch eu +.* takes the credentials/m);
    expect(out).toMatch(/^FAIL {2}Sinch us +.*Check the key id, the key secret/m);

    const known = { SINCH_PROJECTS: JSON.stringify({ gone: projects.eu }) };
    expect((await cli(['doctor'], { env: known })).out).not.toContain('projects in use');
    let listed = '';
    for (let tries = 0; !listed.includes('AWAITING_KYC') && tries < 100; tries++) {
      await delay(100);
      listed = (await cli(['list', '--project', 'gone', '--open'], withKeys)).out;
    }
    expect(listed).toMatch(new RegExp(`^${reference} +AWAITING_KYC +GB +gone +20`, 'm'));
    expect((await cli(['status', reference], withKeys)).out).toMatch(/^ {2}project +gone$/m);
    await cli(['cancel', reference, '--reason', 'seen'], withKeys);
    await ofAnotherFleet.terminate('seen');
  });

  it('says how to fix each problem', async () => {
    const { code, out } = await cli(['doctor'], {
      env: {
        NUMBER_ORDERS_TASK_QUEUE: `nobody-${randomUUID()}`,
        // A file, and no folder.
        NUMBER_ORDERS_STORE: `file:${__filename}`,
        SINCH_KEY_SECRET: 'wrong',
      },
    });
    expect(code).toBe(1);
    expect(out).toMatch(/^FAIL {2}worker +No worker polls the task queue nobody-.*number-orders worker/m);
    expect(out).toMatch(/^FAIL {2}store +file:.*doctor\.test\.ts cannot be written: check NUMBER_ORDERS_STORE/m);
    expect(out).toMatch(/^FAIL {2}Sinch .*Check the key id, the key secret/m);
    expect(out).not.toContain('wrong');
  });

  it.each([
    ['SINCH_KEY_SECRET', 'fake-key-secret\r', /^FAIL {2}Sinch +[^]*SINCH_KEY_SECRET contains a carriage return/m],
    ['SINCH_PROJECT_ID', '\uFEFFfake-project', /^FAIL {2}Sinch +[^]*SINCH_PROJECT_ID contains a byte-order mark/m],
    [
      'TEMPORAL_ADDRESS',
      'localhost:7233\r',
      /^FAIL {2}client settings[^]*TEMPORAL_ADDRESS contains a carriage return/m,
    ],
  ])('names an invisible character in %s', async (name, value, told) => {
    const { code, out } = await cli(['doctor'], { env: { [name]: value } });
    expect(code).toBe(1);
    expect(out).toMatch(told);
  });

  it.each([
    [{ OTEL_SDK_DISABLED: 'true' }, /^ok {4}traces +a worker with these settings sends none$/m],
    [{ OTEL_TRACES_EXPORTER: 'none' }, /^ok {4}traces +a worker with these settings sends none$/m],
    [{}, /^ok {4}traces +.* sends them to http:\/\/127\.0\.0\.1:4318\/v1\/traces$/m],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, /^FAIL {2}traces[^]*OTEL_EXPORTER_OTLP_PROTOCOL must be http\/protobuf/m],
  ])('says where traces are sent with %j', async (more, told) => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', ...more };
    expect((await cli(['doctor'], { env })).out).toMatch(told);
  });

  it.each([
    [
      { SINCH_NUMBERS_URL: 'http://fake-sinch:8091', NUMBER_ORDERS_CODEC_JWKS_URL: 'http://login.example/jwks' },
      /^FAIL {2}plain HTTP +SINCH_NUMBERS_URL, NUMBER_ORDERS_CODEC_JWKS_URL: .*NUMBER_ORDERS_PLAIN_HTTP_HOSTS$/m,
    ],
    [
      { SINCH_AUTH_URL: 'http://fake-sinch:8091', NUMBER_ORDERS_PLAIN_HTTP_HOSTS: 'fake-sinch' },
      /^warn {2}plain HTTP +SINCH_AUTH_URL: http:\/\/ to another host/m,
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' },
      /^warn {2}traces +.* http:\/\/collector:4318\/v1\/traces, to another host over http:\/\//m,
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', NUMBER_ORDERS_PLAIN_HTTP_HOSTS: 'collector:4318' },
      /^ok {4}traces +.* http:\/\/collector:4318\/v1\/traces$/m,
    ],
  ])('names the settings that send data to another host over plain HTTP: %j', async (env, told) => {
    expect((await cli(['doctor'], { env })).out).toMatch(told);
  });

  describe('with a proxy in the environment', () => {
    const before = { ...process.env };
    /** gRPC reads the process's own environment. */
    async function doctor(env: Record<string, string>): Promise<string> {
      const { no_proxy: _, no_grpc_proxy: __, ...rest } = before;
      process.env = { ...rest, ...env };
      return (await cli(['doctor'], { env })).out;
    }
    afterEach(() => (process.env = { ...before }));

    it('for Sinch, connects to Temporal directly and says so', async () => {
      const nowhere = 'http://127.0.0.1:9';
      const out = await doctor({ https_proxy: nowhere, http_proxy: nowhere });
      expect(out).toMatch(/^ok {4}Temporal +\S+, not through https_proxy and http_proxy$/m);
      expect(out).toMatch(/^ok {4}namespace/m);
      expect(out).toMatch(/^FAIL {2}Sinch/m);
    });

    it('for gRPC, connects through it and says so', async () => {
      const proxy = await startConnectProxy();
      const out = await doctor({ grpc_proxy: proxy.url });
      await proxy.close();
      expect(out).toMatch(/^ok {4}Temporal +\S+ through grpc_proxy/m);
      expect(out).toMatch(/^ok {4}namespace/m);
      expect(proxy.asked).toEqual([devServerAddress()]);
    });
  });

  it('names the address when Temporal cannot be reached', async () => {
    const { code, out } = await cli(['doctor'], { env: { TEMPORAL_ADDRESS: '127.0.0.1:1' } });
    expect(code).toBe(1);
    expect(out).toMatch(/^FAIL {2}Temporal +127\.0\.0\.1:1 cannot be reached: check TEMPORAL_ADDRESS/m);
    expect(out).toMatch(/^ok {4}Sinch/m);
  });
});
