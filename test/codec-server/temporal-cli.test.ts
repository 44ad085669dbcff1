import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { authenticator } from '../../src/codec-server/authenticate';
import { createCodecServer } from '../../src/codec-server/codec-server';
import { workflowIdOf, type OrderView } from '@number-orders/contract';
import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { serveApp, type HttpServer } from '../../src/http/serve-app';
import { codeBlocks, documentationPages } from '../support/documentation';
import { gbMobile, gbRegistration } from '../support/kyc';
import { keyList, newKey } from '../support/keys';
import { openStand, type OrderStand } from '../support/order-stand';
import { devServer, devServerAddress } from '../support/temporal';
import { tools } from '../support/tools';

const TOKEN = 'a-token-of-more-than-thirty-two-characters';

const withBase64Decoded = (json: string) =>
  json.replace(/"([A-Za-z0-9+/]{8,}={0,2})"/g, (_all, text: string) => Buffer.from(text, 'base64').toString('latin1'));

describe('the plain temporal CLI with the codec server', () => {
  let stand: OrderStand;
  let codec: HttpServer;
  let folder: string;

  beforeAll(async () => {
    const keys = keyList(newKey('2026'));
    const dataConverter = createWorkerDataConverter(keys);
    stand = await openStand(await devServer({ dataConverter }), { dataConverter });
    codec = await serveApp(createCodecServer({ keys, authenticate: authenticator({ token: TOKEN }) }), {
      host: '127.0.0.1',
      port: 0,
    });
    folder = await mkdtemp(join(tmpdir(), 'temporal-cli-'));
  });
  afterAll(async () => {
    await codec.close();
    await stand.close();
    await stand.environment.teardown();
    await rm(folder, { recursive: true });
  });

  const temporal = async (...args: string[]) =>
    (await promisify(execFile)(tools().temporal, [...args, '--address', devServerAddress()])).stdout;
  const withCodec = () => ['--codec-endpoint', codec.url, '--codec-auth', `Bearer ${TOKEN}`];
  const fileOf = async (content: unknown) => {
    const path = join(folder, `${randomUUID()}.json`);
    await writeFile(path, JSON.stringify(content));
    return path;
  };

  it('starts, signals, updates and reads an order, and its history has nothing in plain text', async () => {
    const reference = `cli-${randomUUID()}`;
    const workflowId = workflowIdOf(reference);
    await temporal(
      ...['workflow', 'start', '--type', 'numberOrder', '--task-queue', stand.taskQueue, '--workflow-id', workflowId],
      ...['--id-conflict-policy', 'UseExisting', '--id-reuse-policy', 'RejectDuplicate'],
      ...['--input-file', await fileOf({ reference, ...gbMobile }), ...withCodec()],
    );
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await temporal(
      ...['workflow', 'signal', '--workflow-id', workflowId, '--name', 'attachment'],
      ...['--input', '{"attachmentId":"?"}', ...withCodec()],
    );
    const refused = structuredClone(gbRegistration) as { data: Record<string, string>[] };
    const update = async (registration: unknown) =>
      temporal(
        ...['workflow', 'update', 'execute', '--workflow-id', workflowId, '--name', 'submitRegistration'],
        ...['--input-file', await fileOf(registration), '--output', 'json', ...withCodec()],
      );
    delete refused.data[1]!.lastName;
    expect(await update(refused)).toContain('REFUSED');
    expect(await update(gbRegistration)).toContain('ACCEPTED');

    const query = ['workflow', 'query', '--workflow-id', workflowId, '--type', 'order', '--output', 'json'];
    const { queryResult } = JSON.parse(await temporal(...query, ...withCodec())) as { queryResult: OrderView[] };
    expect(queryResult[0]).toMatchObject({ reference, phoneNumbers: [expect.any(String)] });
    const notices = JSON.stringify(queryResult[0]?.notices);
    expect(notices).toContain('Signal attachment ignored');
    expect(notices).not.toContain('unencrypted');
    expect(await temporal(...query)).toContain(Buffer.from('binary/encrypted').toString('base64'));
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });

    const show = ['workflow', 'show', '--workflow-id', workflowId, '--output', 'json'];
    const stored = withBase64Decoded(await temporal(...show));
    expect(stored).toContain('binary/encrypted');
    expect(stored.includes('Example Ltd')).toBe(false);
    expect(withBase64Decoded(await temporal(...show, ...withCodec())).includes('Example Ltd')).toBe(true);
    await stand.checkHistory(reference);
  });

  it('is refused without the token, and nothing is started', async () => {
    const reference = `cli-${randomUUID()}`;
    const attempt = temporal(
      ...['workflow', 'start', '--type', 'numberOrder', '--task-queue', stand.taskQueue],
      ...['--workflow-id', workflowIdOf(reference), '--input-file', await fileOf({ reference, ...gbMobile })],
      // It asks again until its time is up.
      ...['--codec-endpoint', codec.url, '--codec-auth', 'Bearer guessed', '--command-timeout', '2s'],
    );
    await expect(attempt).rejects.toThrow('failed starting workflow');
    await expect(stand.client.order(reference)).rejects.toThrow('There is no order');
  });

  it('reads its token from the environment, so that the list of processes does not show it', async () => {
    const reference = `cli-${randomUUID()}`;
    const input = await fileOf({ reference, ...gbMobile });
    const start = [
      'workflow',
      'start',
      '--type',
      'numberOrder',
      '--task-queue',
      stand.taskQueue,
      '--input-file',
      input,
    ];
    const env = { ...process.env, TEMPORAL_CODEC_ENDPOINT: codec.url, TEMPORAL_CODEC_AUTH: `Bearer ${TOKEN}` };
    const at = ['--workflow-id', workflowIdOf(reference), '--address', devServerAddress()];
    await promisify(execFile)(tools().temporal, [...start, ...at], { env });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.cancel(reference, { reason: 'seen' });
  });

  it.each(documentationPages())('is never documented with its token in a command line in %s', (page) => {
    expect(codeBlocks(page, 'sh').join()).not.toMatch(/--codec-auth|--api-key/);
  });

  it('is documented in README and docs/encryption.md with the endpoint and the token in the environment', () => {
    for (const page of ['README.md', 'docs/encryption.md']) {
      const told = codeBlocks(page, 'sh').join();
      expect(told).toContain('export TEMPORAL_CODEC_ENDPOINT=');
      expect(told).toContain('export TEMPORAL_CODEC_AUTH="Bearer $NUMBER_ORDERS_CODEC_TOKEN"');
    }
  });
});
