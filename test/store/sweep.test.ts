import { readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { run } from '../../src/cli/run';
import { SWEEP_ID, type SweepReport } from '@number-orders/contract';
import { AttachmentUnreadableError } from '../../src/store/attachment-store';
import { FileAttachmentStore } from '../../src/store/file-store';
import { gbMobile } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { devServer, devServerAddress } from '../support/temporal';

const LONG_AGO = new Date('2020-01-01T00:00:00Z');

let stand: OrderStand;
let store: FileAttachmentStore;
beforeAll(async () => {
  stand = await openStand(await devServer());
  store = new FileAttachmentStore(stand.folder);
});
afterEach(async () => {
  for (const name of await readdir(stand.folder)) await rm(join(stand.folder, name), { recursive: true });
});
afterAll(async () => {
  await stand.close();
  await stand.environment.teardown();
});

async function sweep(...args: string[]) {
  let out = '';
  let err = '';
  const code = await run(['sweep', ...args], {
    env: {
      TEMPORAL_ADDRESS: devServerAddress(),
      TEMPORAL_CONFIG_FILE: '/no/such/file',
      NUMBER_ORDERS_TASK_QUEUE: stand.taskQueue,
    },
    interactive: false,
    out: (text) => (out += text),
    err: (text) => (err += text),
    readStdin: async () => Buffer.alloc(0),
  });
  return { code, out, err };
}

async function stage(reference: string): Promise<void> {
  await store.put(reference, Readable.from([Buffer.from('a passport')]));
}

async function age(reference: string): Promise<void> {
  const folder = join(stand.folder, reference);
  for (const path of [...(await readdir(folder)).map((name) => join(folder, name)), folder])
    await utimes(path, LONG_AGO, LONG_AGO);
}

describe('number-orders sweep', () => {
  it('deletes documents that are older than the retention, and never those of an open order', async () => {
    const open = await stand.start(gbMobile);
    await stand.view(open, ({ stage: reached }) => reached === 'AWAITING_KYC');
    const closed = await stand.start(gbMobile);
    await stand.client.cancel(closed, { reason: 'test' });
    await stand.client.result(closed);
    const old = [open, closed, 'never-started'];
    for (const reference of [...old, 'staged-now']) await stage(reference);
    for (const reference of old) await age(reference);

    const dry = JSON.parse((await sweep('--dry-run', '--json')).out) as SweepReport;
    expect(dry).toMatchObject({ seen: 4, open: 1, recent: 1, swept: 2 });
    expect(dry.references.sort()).toEqual([closed, 'never-started'].sort());
    expect(await readdir(stand.folder)).toHaveLength(4);

    const swept = await sweep();
    expect(swept).toMatchObject({ code: 0, err: '' });
    expect(swept.out).toMatch(/^4 orders have documents: 1 are open, 1 recent, 2 were swept\.$/m);
    expect(swept.out).toMatch(/^ {2}never-started$/m);
    expect((await readdir(stand.folder)).sort()).toEqual([open, 'staged-now'].sort());
    await stand.client.cancel(open, { reason: 'test' });
  });

  it('says why it failed', async () => {
    await stage('never-started');
    await age('never-started');
    const failing = jest
      .spyOn(FileAttachmentStore.prototype, 'deleteAll')
      .mockRejectedValue(new AttachmentUnreadableError('the disk is read-only'));
    try {
      expect(await sweep()).toEqual({ code: 1, out: '', err: 'The sweep failed: the disk is read-only\n' });
    } finally {
      failing.mockRestore();
    }
  });

  it('can be run by a Temporal Schedule, whose interval can be changed', async () => {
    const schedule = stand.environment.client.schedule.getHandle(SWEEP_ID);
    try {
      expect(await sweep('--every', '1 day')).toEqual({
        code: 0,
        out: 'Schedule sweep-attachments made: a sweep every 1 day.\n',
        err: '',
      });
      expect((await sweep('--every', '12 hours')).out).toMatch(/^Schedule sweep-attachments changed/);
      expect(await schedule.describe()).toMatchObject({
        spec: { intervals: [{ every: 12 * 3_600_000 }] },
        action: { workflowType: 'sweepAttachments', taskQueue: stand.taskQueue, args: [{ dryRun: false }] },
        policies: { overlap: 'SKIP' },
      });

      await stage('never-started');
      await age('never-started');
      await schedule.trigger();
      while ((await readdir(stand.folder)).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await schedule.delete();
    }
  });

  it.each([
    [['--every', 'often'], /--every must be a number and a unit/],
    [['--every', '5 seconds'], /at least "1 minute"/],
    [['--every', '1 day', '--dry-run'], /Leave out --dry-run, or --every/],
  ])('refuses %j and says what it accepts', async (args, complaint) => {
    expect(await sweep(...args)).toMatchObject({ code: 2, err: expect.stringMatching(complaint) });
  });
});
