import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { Attachment, NumberOrderRequest, Registration } from '@number-orders/contract';
import type { BareCalls } from './calls';

const { lookup, search, create, register, upload, submit, status } = proxyActivities<BareCalls>({
  startToCloseTimeout: '90 seconds',
});

/**
 * The minimum of a durable order: Sinch's calls in a row, two signals, one timer. It handles no failure and has no
 * messages for operators. The cost of ours is compared with it.
 */
export async function floor(request: NumberOrderRequest): Promise<string> {
  let registration: Registration | undefined;
  let attachment: Attachment | undefined;
  setHandler(defineSignal<[Registration]>('registration'), (sent) => void (registration = sent));
  setHandler(defineSignal<[Attachment]>('attachment'), (sent) => void (attachment = sent));

  await lookup(request);
  const [phoneNumber] = await search(request);
  const { idNumberOrder } = await create(phoneNumber);
  await condition(() => registration !== undefined && attachment !== undefined, '48 hours');
  if (!registration || !attachment) return 'EXPIRED';
  await register(idNumberOrder, registration);
  await upload(idNumberOrder, attachment);
  await submit(idNumberOrder);
  return status(idNumberOrder);
}
