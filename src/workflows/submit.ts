import { sleep } from '@temporalio/workflow';
import type { Stage } from '../contract';
import { atMostOnce } from './at-most-once';
import { onceOnly, reads } from './calls';
import { leave } from './collect-kyc';
import { continueAsNewDue } from './continue-as-new';
import { callFailureOf } from './failures';
import { recordSubmit } from './metrics';
import { addNotice, currentReservation, type Order, type Reservation } from './order';
import { policyOf } from './policy';
import { lookAgain } from './reread';
import { markLost, observe, stageOf } from './reservation';
import { tellRequester } from './requester';

/** Submits for review: once. After an unclear answer Sinch's own state says whether it went through. */
export async function submit(order: Order): Promise<Stage> {
  const reservation = currentReservation(order);
  const { sinchOrderId } = reservation;
  const stillOurs = () => stageOf('AWAITING_KYC', reservation) === 'AWAITING_KYC';
  const submitted = await atMostOnce(order, {
    name: 'The submission',
    run: () => {
      // While no worker takes it the deadline may pass: then it does not start any more.
      const scheduleToStartTimeout = Math.max(1, reservation.deadline - Date.now());
      const options = { summary: 'Submit for review', scheduleToStartTimeout };
      return onceOnly.submitNumberOrder.executeWithOptions(options, [sinchOrderId]);
    },
    wanted: () => order.cancel === undefined && stillOurs() && !continueAsNewDue(order),
    until: reservation.deadline,
    unauthorizedIsFinal: false,
  });
  switch (submitted.kind) {
    case 'answered':
      observe(order, submitted.answer);
      return wentThrough(order, reservation);
    case 'stopped':
      return 'AWAITING_KYC';
    case 'refused':
      if (submitted.failure.type === 'SinchNotFound') return markLost(order);
      // It may be the reservation that is over: collecting KYC sees that, and leaves.
      await lookAgain(order);
      if (!stillOurs()) return 'AWAITING_KYC';
      reservation.heldBack = true;
      // They can echo KYC, and erasing may have begun meanwhile.
      order.violations = order.erased ? [] : submitted.failure.violations;
      addNotice(
        order,
        `Sinch refused the submission (${submitted.failure.type}); it is tried again when KYC is corrected`,
      );
      tellRequester(order, 'order.kyc_refused');
      return 'AWAITING_KYC';
    case 'unknown': {
      addNotice(order, 'Whether the submission went through is not known; asking Sinch');
      // Sent, for all we know: should Sinch lose the order now, it may have been bought.
      reservation.submitted = true;
      const stage = await stageAfterUnclearSubmit(order, reservation);
      if (stage === 'UNCONFIRMED') return stage;
      if (stage === 'EXPIRED') return leave(order, stage);
      if (stage !== 'AWAITING_KYC') return wentThrough(order, reservation);
      addNotice(order, 'Sinch has the order CREATED still: the submission was not processed');
      // And from there at once to the next submission, unless something has changed meanwhile.
      return 'AWAITING_KYC';
    }
  }
}

function wentThrough(order: Order, reservation: Reservation): Stage {
  reservation.submitted = true;
  recordSubmit(order, reservation);
  tellRequester(order, 'order.submitted');
  return leave(order, stageOf('IN_REVIEW', reservation));
}

/**
 * CREATED proves nothing while the request may still be on its way: asked at once, and again when it cannot be. A state
 * that we do not know proves nothing either, and is followed as a review.
 */
async function stageAfterUnclearSubmit(order: Order, reservation: Reservation): Promise<Stage> {
  const ask = async () => {
    const summary = 'Did the submission go through?';
    observe(order, await reads.getNumberOrder.executeWithOptions({ summary }, [reservation.sinchOrderId]));
  };
  try {
    await ask();
    if (reservation.state === 'CREATED') {
      await sleep(policyOf(order).settleMs, { summary: 'Until Sinch must have processed the submission' });
      await ask();
    }
  } catch (error) {
    callFailureOf(error);
    return markLost(order);
  }
  if (reservation.state === 'CREATED') reservation.submitted = false;
  return stageOf('IN_REVIEW', reservation);
}
