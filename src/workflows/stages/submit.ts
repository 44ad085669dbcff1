import { sleep } from '@temporalio/workflow';
import { type Stage, backOff } from '@number-orders/contract';
import { atMostOnce } from './at-most-once';
import { carryOutCancel, isCancelled } from './cancel';
import { onceOnly, reads, waits } from '../calls/activities';
import { continueAsNewDue } from '../order/history-size';
import { callFailureOf, nameOf, wordsOf } from '../calls/call-failure';
import { countUnclear, recordSubmit } from '../display/metrics';
import { addNotice, currentReservation, showViolations, type Order, type Reservation } from '../order/order';
import { policyOf } from '../order/policy';
import { awaitsPrices } from '../reservation/price-limit';
import { refreshReservation } from '../reservation/refresh';
import { leave, markLost, observe, stageOf } from '../reservation/reservation';
import { tellRequester } from '../notifications/requester';
import { cancelWhen } from '../calls/cancel-when';

/** Submits for review, once. After an unclear answer Sinch's state says whether it went through. */
export async function submit(order: Order): Promise<Stage> {
  const reservation = currentReservation(order);
  if (reservation.submitUnclear) return settleSubmission(order, reservation);
  const { sinchOrderId } = reservation;
  const stillOurs = () => stageOf('AWAITING_KYC', reservation) === 'AWAITING_KYC';
  const wanted = () => !isCancelled(order) && stillOurs() && !continueAsNewDue(order);
  if (awaitsPrices(order, reservation)) {
    await awaitPrices(order, reservation, wanted);
    return 'AWAITING_KYC';
  }
  const submitted = await atMostOnce(order, {
    kind: 'submission',
    name: 'The submission',
    run: () => {
      // The deadline may pass before a worker takes it: then it does not start.
      const scheduleToStartTimeout = Math.max(1, reservation.deadline - Date.now());
      const options = { summary: 'Submit for review', scheduleToStartTimeout };
      return onceOnly.submitNumberOrder.executeWithOptions(options, [sinchOrderId, order.knownSince?.submission]);
    },
    wanted,
    until: reservation.deadline,
    unauthorizedIsFinal: false,
  });
  switch (submitted.kind) {
    case 'answered':
      observe(order, submitted.answer);
      return wentThrough(order, reservation);
    case 'stopped':
      return isCancelled(order) ? carryOutCancel(order) : 'AWAITING_KYC';
    case 'refused':
      if (submitted.failure.type === 'SinchNotFound') {
        submitAgainLater(order, reservation);
        return markLost(order);
      }
      // The reservation may be over: AWAITING_KYC notices that and ends.
      await refreshReservation(order);
      if (!stillOurs()) return 'AWAITING_KYC';
      reservation.heldBack = true;
      delete reservation.submitAgainAt;
      showViolations(order, wordsOf(submitted.failure, 'submission'));
      addNotice(
        order,
        `Sinch refused the submission (${nameOf(submitted.failure)}); it is tried again when KYC is corrected, or on reread`,
      );
      tellRequester(order, 'order.kyc_refused');
      return 'AWAITING_KYC';
    case 'unknown':
      addNotice(order, 'It is unknown whether the submission went through; asking Sinch');
      if (!submitted.earlier) countUnclear(order, 'submission');
      // It counts as sent: if Sinch loses the order now, it may have been bought.
      reservation.submitted = true;
      reservation.submitUnclear = true;
      return settleSubmission(order, reservation);
  }
}

/** Waits until the deadline for a price to compare with the limit. Without one nothing is submitted. */
async function awaitPrices(order: Order, reservation: Reservation, wanted: () => boolean): Promise<void> {
  const { sinchOrderId, deadline } = reservation;
  const seen = await cancelWhen(
    () => !wanted() || !awaitsPrices(order, reservation),
    () => waits.awaitNumbers.executeWithOptions({ summary: 'Until Sinch tells the price' }, [sinchOrderId]),
    { after: Math.max(1, deadline - Date.now()), summary: 'Deadline: the reservation lapses soon' },
  );
  if (seen) observe(order, seen);
}

/** Did the submission go through? Asked after an unclear answer, and again if Sinch did not know the order meanwhile. */
async function settleSubmission(order: Order, reservation: Reservation): Promise<Stage> {
  const stage = await stageAfterUnclearSubmit(order, reservation);
  if (stage === 'UNCONFIRMED') return stage;
  delete reservation.submitUnclear;
  if (stage === 'EXPIRED' || stage === 'UNAVAILABLE') return leave(order, stage);
  if (stage !== 'AWAITING_KYC') return wentThrough(order, reservation);
  addNotice(order, 'The order is still CREATED at Sinch: the submission was not processed');
  submitAgainLater(order, reservation);
  return 'AWAITING_KYC';
}

const LONGEST_WAIT_MS = 3_600_000;

/**
 * Sinch does not accept the submission, for an unknown reason. It is retried at once, then further and further apart: it may be
 * an outage, and Sinch may limit submissions. Towards the deadline the wait is shorter, so as not to miss the last chance.
 */
function submitAgainLater(order: Order, reservation: Reservation): void {
  const tries = (reservation.submitsInVain ?? 0) + 1;
  reservation.submitsInVain = tries;
  if (tries === 1) return;
  const { settleMs: firstMs } = policyOf(order);
  const leftMs = reservation.deadline - Date.now();
  const wait = backOff({ firstMs, longestMs: LONGEST_WAIT_MS, tries: tries - 1, leftMs });
  reservation.heldBack = true;
  reservation.submitAgainAt = Date.now() + wait;
  addNotice(order, `Sinch has not accepted ${tries} submissions; trying again in ${Math.ceil(wait / 1_000)} s`);
}

function wentThrough(order: Order, reservation: Reservation): Stage {
  reservation.submitted = true;
  showViolations(order, []);
  recordSubmit(order, reservation);
  tellRequester(order, 'order.submitted');
  return leave(order, stageOf('IN_REVIEW', reservation));
}

/**
 * CREATED proves nothing while the request may still be in flight: Sinch is asked at once, and again later. An unknown state
 * proves nothing either, and is followed as a review.
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
