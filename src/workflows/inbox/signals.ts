import { setDefaultSignalHandler, setHandler, type SignalDefinition } from '@temporalio/workflow';
import {
  describeViolations,
  LIMITS,
  readAttachment,
  readCancel,
  readRegistration,
  readSinchEvent,
  type ReadArgument,
} from '@number-orders/contract';
import { describeUndecodable, isUndecodable } from '../../data-converter/undecodable';
import { countMessage, weighHistory } from '../order/history-size';
import * as definitions from './definitions';
import { ignore } from './ignored-signals';
import type { KycDesk } from '../kyc/desk';
import { countUndecodable } from '../display/metrics';
import { addNotice, type Order } from '../order/order';
import { takeSinchEvent } from './sinch-events';
import { noteIfUnencrypted } from './unencrypted-kyc';
import { uncancelled } from './updates';
import { outcomeOf } from '../order/view';

export function handleSignals(order: Order, desk: KycDesk): void {
  handle(order, definitions.registrationSignal, {
    description: 'KYC fields: { data } or { requestDetails }',
    read: readRegistration,
    limited: true,
    take: (registration, argument) => {
      noteIfUnencrypted(order, 'registration', argument);
      desk.receiveRegistration(registration);
    },
  });
  handle(order, definitions.attachmentSignal, {
    description: 'A document: { attachmentId, key, fileName, mimeType, size, sha256, documentType? }',
    read: readAttachment(order.request.reference),
    limited: true,
    take: (attachment, argument) => {
      noteIfUnencrypted(order, 'attachment', argument);
      desk.receiveAttachment(attachment);
    },
  });
  handle(order, definitions.cancelSignal, {
    description: 'Stop the order as far as that is still possible: { author?, reason }',
    read: readCancel,
    take: (cancel) => {
      const tooLate = outcomeOf(order.stage) ? ' (too late: number-orders release gives numbers back)' : '';
      addNotice(order, `${cancel.author ?? 'Somebody'} cancels: ${cancel.reason}${tooLate}`);
      order.cancel ??= cancel;
    },
  });
  handle(order, definitions.sinchEventSignal, {
    description: 'A callback from Sinch: a hint to read the order again',
    read: readSinchEvent,
    limited: true,
    take: (event) => takeSinchEvent(order, event),
  });
  setDefaultSignalHandler((name) => {
    weighHistory(order);
    ignore(order, name, 'UNKNOWN', 'there is no such signal');
  });
}

interface SignalHandling<T> {
  description: string;
  read: ReadArgument<T>;
  /** Counts towards the limit of messages, which keeps a sender from growing the history without end. A cancel never counts. */
  limited?: boolean;
  /** @param argument as it came: nothing of it is kept. */
  take: (kept: T, argument: unknown) => unknown;
}

/** A malformed signal never fails or wedges the order: it is noted and ignored. Of a valid one only the known fields are kept. */
function handle<T>(
  order: Order,
  definition: SignalDefinition<[unknown]>,
  { description, read, limited = false, take }: SignalHandling<T>,
): void {
  const { name } = definition;
  setHandler(
    definition,
    async (argument) => {
      if (limited) countMessage(order);
      else weighHistory(order);
      if (limited && order.messagesInAll > LIMITS.messages) {
        ignore(order, name, 'TOO_MANY', `More than ${LIMITS.messages} messages: further ones are ignored`);
        return;
      }
      if (isUndecodable(argument)) {
        countUndecodable(name);
        ignore(order, name, 'UNDECODABLE', `could not be decoded (${describeUndecodable(argument)})`);
        return;
      }
      const { violations, value } = read(argument);
      if (violations) ignore(order, name, 'MALFORMED', describeViolations(violations));
      else await uncancelled(() => take(value, argument));
    },
    { description },
  );
}
