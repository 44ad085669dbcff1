import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../local/free-ports';
import { startCli, type CliProcess } from '../support/cli-process';
import { auMobile } from '../support/kyc';
import { devServerAddress } from '../support/temporal';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process';

describe('the keys that sign links to the KYC page, rotated in the file that processes read them from', () => {
  const keyNamed = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
  const [older, newer] = [keyNamed('older'), keyNamed('newer')];
  const reference = `rotated-${randomUUID()}`;
  let folder: string;
  let worker: WorkerProcess;
  let intake: CliProcess;
  let settings: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rotated-keys-'));
    const address = `127.0.0.1:${await freePort()}`;
    worker = await startWorkerProcess();
    settings = {
      TEMPORAL_ADDRESS: devServerAddress(),
      NUMBER_ORDERS_TASK_QUEUE: worker.taskQueue,
      NUMBER_ORDERS_STORE: `file:${join(folder, 'store')}`,
      NUMBER_ORDERS_INTAKE_ADDRESS: address,
      NUMBER_ORDERS_INTAKE_URL: `http://${address}`,
      NUMBER_ORDERS_INTAKE_NAME: 'Example Telecom',
    };
    const client = await worker.connect();
    await client.orders.reserve({ reference, ...auMobile });
    await client.close();
    await give(older);
    await startIntake();
  });
  afterAll(async () => {
    await Promise.all([worker.stop(), intake.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  const give = (keys: string) => writeFile(join(folder, 'keys'), keys);
  async function startIntake(): Promise<void> {
    const env = { ...settings, NUMBER_ORDERS_INTAKE_KEYS_FILE: join(folder, 'keys') };
    intake = await startCli(['intake'], env, 'Intake is listening');
  }
  async function restartIntake(): Promise<void> {
    await intake.stop();
    await startIntake();
  }
  /** The link that an operator, a worker or another intake signs if it has these keys. */
  async function linkSignedWith(keys: string): Promise<string> {
    const cli = await startCli(['kyc-link', reference], { ...settings, NUMBER_ORDERS_INTAKE_KEYS: keys });
    await cli.ended;
    return cli.printed().split('\n')[0]!;
  }
  const origin = () => settings.NUMBER_ORDERS_INTAKE_URL!;
  /** Presses the page's button. */
  const press = (link: string) => fetch(link, { method: 'POST', redirect: 'manual', headers: { origin: origin() } });
  const opens = async (...links: string[]) => {
    const answers = await Promise.all(links.map(press));
    return answers.map(({ status }) => status === 303 || (status === 404 ? false : status));
  };

  it('open links until the intake is restarted without them', async () => {
    const ofOlder = await linkSignedWith(older);
    const opened = await press(ofOlder);
    const page = new URL(opened.headers.get('location')!, origin());
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
    const statusOfPage = async () => (await fetch(page, { headers: { cookie } })).status;
    expect([await opens(ofOlder), await statusOfPage()]).toEqual([[true], 200]);

    // The new key is added last at first: a process that has it first signs links that the intake does not know yet.
    const ofNewer = await linkSignedWith(`${newer},${older}`);
    await give(`${older},${newer}`);
    expect(await opens(ofOlder, ofNewer)).toEqual([true, false]);
    await restartIntake();
    expect(await opens(ofOlder, ofNewer)).toEqual([true, true]);

    await give(`${newer},${older}`);
    await restartIntake();
    expect([await opens(ofOlder, ofNewer), await statusOfPage()]).toEqual([[true, true], 200]);

    await give(newer);
    expect(await opens(ofOlder, ofNewer)).toEqual([true, true]);
    await restartIntake();
    expect([await opens(ofOlder, ofNewer), await statusOfPage()]).toEqual([[false, true], 404]);
    // A process that still has the earlier list signs links that open nothing.
    expect(await opens(await linkSignedWith(`${older},${newer}`))).toEqual([false]);
  });
});
