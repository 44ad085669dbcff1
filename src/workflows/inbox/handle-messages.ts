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

/** Answers come within seconds. A caller who needs more asks again. */
const RESERVATION_WITHIN = '5 seconds';

/** Called before anything else, so that even the first message finds its handler. */
export function handleMessages(order: Order, desk: KycDesk): void {
  setHandler(definitions.orderQuery, () => viewOf(order), { description: 'The order as it stands' });
  handleSignals(order, desk);
  handleKycUpdates(order, desk);
  handleReservationUpdate(order, desk);
  handleOperators(order, desk);
}

function handleKycUpdates(order: Order, desk: KycDesk): void {
  // Senders have a limit. Operators have none: they must always be able to fix an order.
  const refuse = () => {
    if (order.messagesInAll >= LIMITS.messages) refuseUpdate(`the order takes at most ${LIMITS.messages} messages`);
    if (order.runFull) refuseUpdate('too many messages at once; send it again in a minute');
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
        await callers.until(answered, RESERVATION_WITHIN, 'Until the caller is told the reservation');
        if (order.failure) throw order.failure;
        return reservationAnswerOf(order);
      }),
    {
      description: 'Answers when the number is reserved or cannot be; after some seconds, with the current state',
      // Takes no argument. Without a validator Temporal would accept one of any size, or one that cannot be decoded.
      validator: refuseLarge,
    },
  );
}
