import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import type { WorkflowHandle } from '@temporalio/client';
import auRegistration from '../../demo/examples/au-registration.json';
import { startOptions } from '../../src/client/start-options';
import { SIGNAL, type Attachment, type NumberOrderRequest } from '@number-orders/contract';
import { PROOF_OF_IDENTITY } from '../model/kyc';
import { CONTENDERS, type ContenderName } from './contenders';
import { NoOpStore } from './no-op-store';
import type { BenchStand } from './stand';

const nowhere = new NoOpStore();

/** An order whose KYC has not been sent. */
export interface OpenOrder {
  handle: WorkflowHandle;
  registration: () => Promise<void>;
  attachment: () => Promise<void>;
  /** Sends registration and document at once. */
  sendKyc: () => Promise<unknown>;
}

export async function startOrder(
  stand: BenchStand,
  name: ContenderName,
  content: Readable = Readable.from(['a document']),
): Promise<OpenOrder> {
  const { workflowType, taskQueue, encrypted, overHttp } = CONTENDERS[name];
  const { client, store } = encrypted ? stand.encrypted : stand.plain;
  const reference = `${name}-${randomUUID()}`;
  const request: NumberOrderRequest = {
    reference,
    regionCode: 'AU',
    numberType: 'MOBILE',
    // Over HTTP all searches would return the same number.
    selection: overHttp ? { phoneNumber: await stand.newNumber() } : { search: {} },
  };
  const document = await (overHttp ? store : nowhere).put(reference, content);
  const attachment: Attachment = {
    ...document,
    attachmentId: PROOF_OF_IDENTITY,
    fileName: 'identity.pdf',
    mimeType: 'application/pdf',
  };
  const handle = await client.workflow.start(workflowType, {
    taskQueue,
    args: [request],
    ...(workflowType === 'numberOrder'
      ? startOptions(request, { taskQueue, startId: randomUUID(), priority: undefined })
      : { workflowId: reference }),
  });
  const sendRegistration = () => handle.signal(SIGNAL.registration, auRegistration);
  const sendAttachment = () => handle.signal(SIGNAL.attachment, attachment);
  return {
    handle,
    registration: sendRegistration,
    attachment: sendAttachment,
    sendKyc: () => Promise.all([sendRegistration(), sendAttachment()]),
  };
}

/** The milliseconds from the start of one order to its result, with its KYC sent at once. */
export async function playOne(stand: BenchStand, name: ContenderName): Promise<number> {
  const startedAt = performance.now();
  const { handle, sendKyc } = await startOrder(stand, name);
  await sendKyc();
  await handle.result();
  return performance.now() - startedAt;
}

/** Orders a second, for this many orders and this many at once. */
export async function playMany(
  stand: BenchStand,
  name: ContenderName,
  { orders, atOnce }: { orders: number; atOnce: number },
): Promise<number> {
  const startedAt = performance.now();
  let left = orders;
  const playOn = async () => {
    while (left-- > 0) await playOne(stand, name);
  };
  await Promise.all(Array.from({ length: atOnce }, playOn));
  return orders / ((performance.now() - startedAt) / 1_000);
}
