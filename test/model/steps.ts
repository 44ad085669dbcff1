import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { WorkflowHandle } from '@temporalio/client';
import { type Registration, SIGNAL, UPDATE, workflowIdOf } from '@number-orders/contract';
import type { OrderAudit } from '../../fake-sinch';
import { PROOF_OF_ADDRESS, uniqueRegistration, UTILITY_BILL } from '../../proof/model/kyc';
import { hear, sentPiece, type SentPiece } from '../../proof/model/sent-piece';
import { oddRegistration, sendOdd, written } from '../support/odd-messages';
import type { OrderStand } from '../support/order-stand';
import { press } from './buttons';
import type { Schedule, Step } from './schedules';

export interface Started {
  reference: string;
  schedule: Schedule;
  pieces: SentPiece[];
  waiting: Promise<unknown>[];
  /** What was done about it being unconfirmed. */
  settled: ('adopt' | 'cancel')[];
}

const operator = { author: 'model', reason: 'as the schedule says' };

/** Whoever asked hears later; see {@link Started.waiting}. */
export async function takeStep(stand: OrderStand, order: Started, step: Step): Promise<void> {
  const { client } = stand;
  const { reference } = order;
  const handle = handleOf(stand, reference);
  const asked = (answer: Promise<unknown>) => {
    // An order that has ended, or does not want it now, says so: that is no concern of the model's.
    order.waiting.push(answer.catch(() => undefined));
  };
  switch (step.kind) {
    case 'register': {
      const registration = registrationFor(order.schedule, step);
      const piece = sent(order, 'registration', JSON.stringify(registration));
      asked(hear(piece, client.register(reference, registration)));
      return;
    }
    case 'attach': {
      const content = randomUUID().padEnd(step.bytes);
      const piece = sent(order, step.attachmentId, content);
      const { attachmentId, fileName, mimeType } = step;
      const document = { attachmentId, fileName, mimeType, content: Readable.from([content]) };
      const documentType = attachmentId === PROOF_OF_ADDRESS && { documentType: UTILITY_BILL };
      asked(hear(piece, client.attach(reference, { ...document, ...documentType })));
      return;
    }
    case 'odd': {
      const { message } = step;
      const piece =
        message.kind === 'registration'
          ? sent(order, 'registration', JSON.stringify(oddRegistration(message)))
          : undefined;
      const answer = sendOdd(stand, reference, message);
      order.waiting.push(piece ? hear(piece, answer) : answer);
      return;
    }
    case 'flood':
      for (let sent = 0; sent < step.messages; sent++)
        asked(handle.signal(SIGNAL.sinchEvent, { resourceType: 'NUMBER_ORDER' }));
      return;
    case 'press':
      asked(press(stand, reference, step.button));
      return;
    case 'waive':
      asked(client.waiveRequirement(reference, { attachmentId: step.what, ...operator }));
      return;
    case 'extend':
      asked(
        client.extendCorrectionWindow(reference, { until: new Date(Date.now() + 3_000).toISOString(), ...operator }),
      );
      return;
    case 'adopt': {
      const held = stand.fake.control.audit().orders.findLast(isOf(reference));
      asked(client.adoptOrder(reference, { idNumberOrder: held?.idNumberOrder ?? '01JNOSUCHORDER', ...operator }));
      return;
    }
    case 'cancel':
      asked(client.cancel(reference, operator));
      return;
    case 'cancelAsJava':
      asked(handle.signal(SIGNAL.cancel, { ...operator, author: null }));
      return;
    case 'temporalCancel':
      asked(handle.cancel());
      return;
    case 'reread':
      asked(client.reread(reference, operator));
      return;
    case 'erase':
      // The update alone: what the client does besides to an order that has ended would leave nothing to look at.
      asked(handle.executeUpdate(UPDATE.erase, { args: [{ force: true, ...operator }] }));
  }
}

export function handleOf({ environment }: OrderStand, reference: string): WorkflowHandle {
  return environment.client.workflow.getHandle(workflowIdOf(reference));
}

/** Whether an order that Sinch holds is this one's. */
export const isOf =
  (reference: string) =>
  ({ callbackUrl }: OrderAudit): boolean =>
    callbackUrl?.includes(`/${reference}/`) ?? false;

function sent(order: Started, name: string, content: string): SentPiece {
  const piece = sentPiece(name, content);
  order.pieces.push(piece);
  return piece;
}

function registrationFor({ order }: Schedule, { good, note }: Extract<Step, { kind: 'register' }>): Registration {
  const registration = good ? uniqueRegistration(order.regionCode) : { data: [{ unique: randomUUID() }] };
  if (!note || !('data' in registration)) return registration;
  return { data: [...(registration.data as object[]), { note: written(note) }] };
}
