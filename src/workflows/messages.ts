import { condition, setDefaultSignalHandler, setHandler } from '@temporalio/workflow';
import {
  describeViolations,
  LIMITS,
  validateAttachment,
  validateCancel,
  validateRegistration,
  validateSinchEvent,
  type Attachment,
  type CancelRequest,
  type Registration,
  type SinchEvent,
  type Violation,
} from '../contract';
import { describeUndecodable, isUndecodable } from '../data-converter/undecodable';
import * as definitions from './definitions';
import type { KycDesk } from './kyc-desk';
import { countUndecodable } from './metrics';
import { addNotice, type Order } from './order';
import { handleOperators } from './operators';
import { takeSinchEvent } from './sinch-events';
import { refreshDetails } from './board';
import { continueAsNewDue, weighHistory } from './continue-as-new';
import { noteIfUnencrypted } from './unencrypted-kyc';
import { uncancelled, valid } from './updates';
import { outcomeOf, reservationAnswerOf, viewOf } from './view';

/** Nobody waits for hours: an order that Sinch keeps waiting is answered for as it stands. */
const RESERVATION_WITHIN = '2 minutes';

/** The first thing an order does: whatever arrives from the first moment on finds its handler. */
export function handleMessages(order: Order, desk: KycDesk): void {
  setHandler(definitions.orderQuery, () => viewOf(order), { description: 'The order as it stands' });
  handleSignals(order, desk);
  handleKycUpdates(order, desk);
  handleOperators(order, desk);
}

type Take = (argument: unknown) => Promise<void>;

/** A malformed signal never fails or wedges the order: it is noted and ignored. */
function taking(
  order: Order,
  name: string,
  validate: (argument: unknown) => Violation[],
  take: (argument: never) => unknown,
): Take {
  return async (argument) => {
    weighHistory(order);
    const ignore = (why: string) => {
      addNotice(order, `Signal ${name} ignored: ${why}`);
      refreshDetails(order);
    };
    if (isUndecodable(argument)) {
      countUndecodable(name);
      ignore(`it could not be decoded (${describeUndecodable(argument)})`);
      return;
    }
    const problems = validate(argument);
    if (problems.length > 0) {
      ignore(describeViolations(problems));
      return;
    }
    await uncancelled(() => take(argument as never));
  };
}

function handleSignals(order: Order, desk: KycDesk): void {
  const { reference } = order.request;

  setHandler(
    definitions.registrationSignal,
    counting(
      order,
      taking(order, 'registration', validateRegistration, (piece: Registration) => {
        noteIfUnencrypted(order, 'registration', piece);
        desk.receiveRegistration(piece);
      }),
    ),
    { description: 'KYC fields: { data } or { requestDetails }' },
  );
  setHandler(
    definitions.attachmentSignal,
    counting(
      order,
      taking(order, 'attachment', validateAttachment(reference), (piece: Attachment) => {
        noteIfUnencrypted(order, 'attachment', piece);
        desk.receiveAttachment(piece);
      }),
    ),
    { description: 'A document: { attachmentId, key, fileName, mimeType, size, sha256, documentType? }' },
  );
  setHandler(
    definitions.cancelSignal,
    taking(order, 'cancel', validateCancel, (request: CancelRequest) => {
      const tooLate = outcomeOf(order.stage) ? ' (too late: number-orders release gives numbers back)' : '';
      addNotice(order, `${request.author ?? 'Somebody'} cancels: ${request.reason}${tooLate}`);
      order.cancel ??= request;
    }),
    { description: 'Stop the order as far as that is still possible: { author?, reason }' },
  );
  setHandler(
    definitions.sinchEventSignal,
    counting(
      order,
      taking(order, 'sinchEvent', validateSinchEvent, (event: SinchEvent) => takeSinchEvent(order, event)),
    ),
    { description: 'A callback of Sinch: a hint to read the order again' },
  );
  setDefaultSignalHandler((name) => {
    weighHistory(order);
    addNotice(order, `Signal ${name.slice(0, 64)} ignored: there is no such signal`);
  });
}

function handleKycUpdates(order: Order, desk: KycDesk): void {
  setHandler(
    definitions.submitRegistration,
    async (registration) => {
      countMessage(order);
      noteIfUnencrypted(order, 'registration', registration);
      return uncancelled(() => desk.answerForRegistration(desk.receiveRegistration(registration)));
    },
    { description: 'KYC fields, answered', validator: valid(order, validateRegistration) },
  );
  setHandler(
    definitions.submitAttachment,
    async (attachment) => {
      countMessage(order);
      noteIfUnencrypted(order, 'attachment', attachment);
      return uncancelled(() => desk.answerForAttachment(desk.receiveAttachment(attachment)));
    },
    { description: 'A document, answered', validator: valid(order, validateAttachment(order.request.reference)) },
  );
  setHandler(
    definitions.reservationUpdate,
    async () =>
      uncancelled(async () => {
        weighHistory(order);
        const reserving = () => order.stage === 'LOOKING_UP' || order.stage === 'RESERVING';
        const answered = () => order.failure !== undefined || !reserving() || continueAsNewDue(order);
        await condition(answered, RESERVATION_WITHIN, {
          summary: 'Until whoever asked for the reservation is answered',
        });
        if (order.failure) throw order.failure;
        return reservationAnswerOf(order);
      }),
    {
      description: 'Answered when the reservation is made, or cannot be; after 2 minutes as the order stands',
      // Takes no argument; but where there is no validator, Temporal accepts one that cannot be decoded.
      validator: () => undefined,
    },
  );
}

function countMessage(order: Order): void {
  order.messages++;
  order.messagesInAll++;
  weighHistory(order);
}

/** So that no sender can make a history grow without end; cancelling and mending stay possible. */
function counting(order: Order, take: Take): Take {
  return async (argument) => {
    countMessage(order);
    if (order.messagesInAll <= LIMITS.messages) await take(argument);
    else if (order.messagesInAll === LIMITS.messages + 1)
      addNotice(order, `More than ${LIMITS.messages} messages: further ones are ignored`);
  };
}
