import {
  condition,
  defineSignal,
  proxyActivities,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import {
  SEARCH_ATTRIBUTE_KEYS,
  type Attachment,
  type NumberOrderRequest,
  type OpenStage,
  type Registration,
} from '@number-orders/contract';
import type { FirstVersionCalls } from './calls';

const { lookup, search, create, register, upload, uploadStatus, submit, status } = proxyActivities<FirstVersionCalls>({
  startToCloseTimeout: '90 seconds',
});

const show = (stage: OpenStage | 'COMPLETED') =>
  upsertSearchAttributes([{ key: SEARCH_ATTRIBUTE_KEYS.stage, value: stage }]);

/** What a team would write first: an upsert at each step, and loops that look, and sleep where there is nothing yet. */
export async function firstVersion(request: NumberOrderRequest): Promise<string> {
  let registration: Registration | undefined;
  let attachment: Attachment | undefined;
  setHandler(defineSignal<[Registration]>('registration'), (sent) => void (registration = sent));
  setHandler(defineSignal<[Attachment]>('attachment'), (sent) => void (attachment = sent));

  show('LOOKING_UP');
  await lookup(request);
  show('RESERVING');
  const [phoneNumber] = await search(request);
  const { idNumberOrder } = await create(phoneNumber);
  show('AWAITING_KYC');
  await condition(() => registration !== undefined && attachment !== undefined, '48 hours');
  if (!registration || !attachment) return 'EXPIRED';
  await register(idNumberOrder, registration);
  await upload(idNumberOrder, attachment);
  while ((await uploadStatus(idNumberOrder)) !== 'COMPLETED') await sleep('30 seconds');
  show('SUBMITTING');
  await submit(idNumberOrder);
  show('IN_REVIEW');
  while ((await status(idNumberOrder)) !== 'COMPLETED') await sleep('5 minutes');
  show('COMPLETED');
  return 'COMPLETED';
}
