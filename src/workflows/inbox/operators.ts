import {
  DAY_MS,
  LIMITS,
  readAdoptOrder,
  readErase,
  readExtendCorrectionWindow,
  readOperatorAction,
  readWaiveRequirement,
  type OperatorAnswer,
} from '@number-orders/contract';
import { weighHistory } from '../order/history-size';
import * as definitions from './definitions';
import type { KycDesk } from '../kyc/desk';
import { addNotice, type Order } from '../order/order';
import { inWords, missing } from '../order/outstanding';
import { refreshReservation } from '../reservation/refresh';
import { deleteStagedFiles } from '../calls/staged-files';
import { adopt } from './adopt';
import { handleUpdate, refuseUpdate } from './updates';
import { outcomeOf } from '../order/view';

/** The updates by which operators fix orders. Each names its author and reason, which stay in history. */
export function handleOperators(order: Order, desk: KycDesk): void {
  const answer = (detail: string): OperatorAnswer => {
    weighHistory(order);
    return { stage: order.stage, detail };
  };

  handleUpdate(definitions.adoptOrder, {
    description: 'Name the Sinch order of an unconfirmed creation: { idNumberOrder, author, reason }',
    read: readAdoptOrder,
    refuse: () => {
      if (order.stage !== 'UNCONFIRMED') refuseUpdate(`only an UNCONFIRMED order adopts; this one is ${order.stage}`);
    },
    handle: async (adoption) => {
      weighHistory(order);
      const stage = await adopt(order, adoption);
      return { ...answer(`${adoption.idNumberOrder} is ours`), stage };
    },
  });

  handleUpdate(definitions.reread, {
    description: 'Ask Sinch now: { author, reason }',
    read: readOperatorAction,
    handle: async ({ author, reason }) => {
      addNotice(order, `${author} asks Sinch for the current state: ${reason}`);
      await refreshReservation(order, true);
      if (order.reservation) order.reservation.heldBack = false;
      return answer(
        order.reservation ? `the order at Sinch is ${order.reservation.state}` : 'there is no reservation to ask for',
      );
    },
  });

  handleUpdate(definitions.waiveRequirement, {
    description: 'Submit without it: { attachmentId | registration, author, reason }',
    read: readWaiveRequirement,
    refuse: ({ attachmentId }) => {
      if (outcomeOf(order.stage)) refuseUpdate('the order has ended');
      if (order.waived.includes(attachmentId)) return;
      if (order.waived.length > LIMITS.attachments) refuseUpdate('too many requirements are waived already');
      const awaited = missing(order);
      // Before the lookup the requirements are unknown.
      if (order.requirements === undefined || awaited.includes(attachmentId)) return;
      refuseUpdate('attachmentId names nothing that is awaited: see outstanding in the answer of the query order');
    },
    handle: ({ attachmentId, author, reason }) => {
      if (!order.waived.includes(attachmentId)) order.waived.push(attachmentId);
      if (order.reservation) order.reservation.heldBack = false;
      const waived = inWords(order, attachmentId);
      addNotice(order, `${author} waives ${waived}: ${reason}`);
      return answer(`the order no longer waits for ${waived}`);
    },
  });

  handleUpdate(definitions.extendCorrectionWindow, {
    description: 'Wait longer for corrected KYC: { until, author, reason }',
    read: readExtendCorrectionWindow,
    refuse: ({ until }) => {
      if (!order.correction) refuseUpdate(`no corrected KYC is awaited; the order is ${order.stage}`);
      const ahead = Date.parse(until) - Date.now();
      if (ahead <= 0) refuseUpdate('until must lie in the future');
      const { correctionWindowDays } = LIMITS;
      if (ahead > correctionWindowDays * DAY_MS)
        refuseUpdate(`until must lie at most ${correctionWindowDays} days ahead`);
    },
    handle: ({ until, author, reason }) => {
      if (order.correction) order.correction.until = Date.parse(until);
      addNotice(order, `${author} extends the correction window to ${until}: ${reason}`);
      return answer(`corrected KYC is awaited until ${until}`);
    },
  });

  handleUpdate(definitions.revokeKycLinks, {
    description: 'Invalidate all links to the KYC page so far: { author, reason }',
    read: readOperatorAction,
    handle: ({ author, reason }) => {
      order.kycLinksRevokedAt = Date.now();
      addNotice(order, `${author} revokes the links to the KYC page: ${reason}`);
      return answer('all links signed until now are invalid');
    },
  });

  handleUpdate(definitions.erase, {
    description: 'Delete staged files and stop using the KYC: { force?, author, reason }',
    read: readErase,
    refuse: ({ force }) => {
      if (force !== true) refuseUpdate('the order is open and erasing ends it: to confirm, send force: true');
    },
    handle: async ({ author, reason }) => {
      addNotice(order, `${author} erases the KYC: ${reason}`);
      order.erased = true;
      order.cancel ??= { author, reason };
      if (desk.isCopying()) await desk.stopCopying();
      desk.forget();
      await deleteStagedFiles(order);
      return answer('staged files are deleted; the order ends CANCELLED as soon as that is possible');
    },
  });
}
