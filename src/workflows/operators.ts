import { setHandler } from '@temporalio/workflow';
import {
  DAY_MS,
  LIMITS,
  validateAdoptOrder,
  validateErase,
  validateExtendCorrectionWindow,
  validateOperatorAction,
  validateWaiveRequirement,
  type AdoptOrder,
  type Erase,
  type ExtendCorrectionWindow,
  type OperatorAnswer,
  type WaiveRequirement,
} from '../contract';
import { refreshDetails } from './board';
import { weighHistory } from './continue-as-new';
import * as definitions from './definitions';
import type { KycDesk } from './kyc-desk';
import { addNotice, type Order } from './order';
import { missing } from './outstanding';
import { lookAgain } from './reread';
import { deleteStagedFiles } from './staged-files';
import { adopt } from './unconfirmed';
import { refuseUpdate, uncancelled, wellFormed } from './updates';

/** What operators mend orders with. Each names its author and reason, which stay in history. */
export function handleOperators(order: Order, desk: KycDesk): void {
  const answer = (detail: string): OperatorAnswer => {
    weighHistory(order);
    refreshDetails(order);
    return { stage: order.stage, detail };
  };

  setHandler(
    definitions.adoptOrder,
    (adoption) =>
      uncancelled(async () => {
        weighHistory(order);
        const stage = await adopt(order, adoption);
        return { ...answer(`${adoption.idNumberOrder} is ours`), stage };
      }),
    {
      description: 'Name the Sinch order of an unconfirmed creation: { idNumberOrder, author, reason }',
      validator: (adoption: AdoptOrder) => {
        wellFormed(validateAdoptOrder)(adoption);
        if (order.stage !== 'UNCONFIRMED') refuseUpdate(`only an UNCONFIRMED order adopts; this one is ${order.stage}`);
      },
    },
  );

  setHandler(
    definitions.reread,
    ({ author, reason }) =>
      uncancelled(async () => {
        addNotice(order, `${author} has Sinch asked now: ${reason}`);
        await lookAgain(order);
        if (order.reservation) order.reservation.heldBack = false;
        return answer(
          order.reservation ? `Sinch has the order ${order.reservation.state}` : 'there is no reservation to ask for',
        );
      }),
    { description: 'Ask Sinch now: { author, reason }', validator: wellFormed(validateOperatorAction) },
  );

  setHandler(
    definitions.waiveRequirement,
    ({ attachmentId, author, reason }) => {
      if (!order.waived.includes(attachmentId)) order.waived.push(attachmentId);
      if (order.reservation) order.reservation.heldBack = false;
      addNotice(order, `${author} waives ${attachmentId}: ${reason}`);
      return answer(`the order no longer waits for ${attachmentId}`);
    },
    {
      description: 'Submit without it: { attachmentId | registration, author, reason }',
      validator: (waiver: WaiveRequirement) => {
        wellFormed(validateWaiveRequirement)(waiver);
        const { attachmentId } = waiver;
        const awaited = missing(order);
        // Before the lookup nobody knows what will be asked for.
        if (order.requirements === undefined || [...awaited, ...order.waived].includes(attachmentId)) return;
        refuseUpdate('attachmentId names nothing that is awaited: see outstanding in the answer of the query order');
      },
    },
  );

  setHandler(
    definitions.extendCorrectionWindow,
    ({ until, author, reason }) => {
      if (order.correction) order.correction.until = Date.parse(until);
      addNotice(order, `${author} extends the correction window to ${until}: ${reason}`);
      return answer(`corrected KYC is awaited until ${until}`);
    },
    {
      description: 'Wait longer for corrected KYC: { until, author, reason }',
      validator: (extension: ExtendCorrectionWindow) => {
        wellFormed(validateExtendCorrectionWindow)(extension);
        if (!order.correction) refuseUpdate(`no corrected KYC is awaited; the order is ${order.stage}`);
        const ahead = Date.parse(extension.until) - Date.now();
        if (ahead <= 0) refuseUpdate('until must lie in the future');
        const { correctionWindowDays } = LIMITS;
        if (ahead > correctionWindowDays * DAY_MS)
          refuseUpdate(`until must lie at most ${correctionWindowDays} days ahead`);
      },
    },
  );

  setHandler(
    definitions.erase,
    ({ author, reason }) =>
      uncancelled(async () => {
        addNotice(order, `${author} erases the KYC: ${reason}`);
        order.erased = true;
        order.cancel ??= { author, reason };
        desk.forget();
        await deleteStagedFiles(order);
        return answer('staged files are deleted; the order ends CANCELLED as soon as that is possible');
      }),
    {
      description: 'Delete staged files and stop using the KYC: { force?, author, reason }',
      validator: (request: Erase) => {
        wellFormed(validateErase)(request);
        if (request.force !== true)
          refuseUpdate('the order is open: erasing ends it; say force: true if that is meant');
      },
    },
  );
}
