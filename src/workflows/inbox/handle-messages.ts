import { setHandler } from '@temporalio/workflow';
import { LIMITS, readAttachment, readRegistration } from '@number-orders/contract';
import { continueAsNewDue, countMessage, weighHistory } from '../order/history-size';
import * as definitions from './definitions';
import type { KycDesk } from '../kyc/desk';
import { handleOperators } from './operators';
import type { Order } from '../order/order';
import { handleSignals } from './signals';
import { noteIfUnencrypted } from './unencrypted-kyc';
import { handleUpdate, refuseLarge, refuseUpdate, uncancelled } from './updates';
import { reservationAnswerOf, viewOf } from '../order/view';

/** Nobody waits for long: who wants to know asks again. */
const RESERVATION_WITHIN = '5 seconds';

/** The first thing an order does: whatever arrives from the first moment on finds its handler. */
export function handleMessages(order: Order, desk: KycDesk): void {
  setHandler(definitions.orderQuery, () => viewOf(order), { description: 'The order as it stands' });
  handleSignals(order, desk);
  handleKycUpdates(order, desk);
  handleReservationUpdate(order, desk);
  handleOperators(order, desk);
}

function handleKycUpdates(order: Order, desk: KycDesk): void {
  // Senders have a limit. Operators have none: they must be able to fix what a sender has done.
  const refuse = () => {
    if (order.messagesInAll >= LIMITS.messages) refuseUpdate(`the order takes at most ${LIMITS.messages} messages`);
    if (order.runFull) refuseUpdate('the order has been sent too much at once; send it again in a minute');
  };
  handleUpdate(definitions.submitRegistration, {
    description: 'KYC fields, answered',
    read: readRegistration,
    refuse,
    handle: (registration, argument) => {
      countMessage(order);
      noteIfUnencrypted(order, 'registration', argument);
      return desk.answerForRegistration(desk.receiveRegistration(registration));
    },
  });
  handleUpdate(definitions.submitAttachment, {
    description: 'A document, answered',
    read: readAttachment(order.request.reference),
    refuse,
    handle: (attachment, argument) => {
      countMessage(order);
      noteIfUnencrypted(order, 'attachment', argument);
      return desk.answerForAttachment(desk.receiveAttachment(attachment));
    },
  });
}

function handleReservationUpdate(order: Order, { callers }: KycDesk): void {
  setHandler(
    definitions.reservationUpdate,
    async () =>
      uncancelled(async () => {
        weighHistory(order);
        const reserving = () => order.stage === 'LOOKING_UP' || order.stage === 'RESERVING';
        const answered = () => order.failure !== undefined || !reserving() || continueAsNewDue(order);
        await callers.until(answered, RESERVATION_WITHIN, 'Until who asked for the reservation is answered');
        if (order.failure) throw order.failure;
        return reservationAnswerOf(order);
      }),
    {
      description: 'Answered when the reservation is made, or cannot be; or after seconds, as the order stands',
      // Takes no argument; but where there is no validator, Temporal accepts one that cannot be decoded, or of any size.
      validator: refuseLarge,
    },
  );
}
