import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  continueAsNew,
  log,
  workflowInfo,
} from '@temporalio/workflow';
import { until } from './calls/until';
import type { NumberOrderRequest, NumberOrderResult, OpenStage, Stage } from '@number-orders/contract';
import { whatFollows } from './reservation/next-attempt';
import { publishToPlainStarts } from './display/search-attributes';
import { close, resultOf } from './stages/close';
import { awaitKyc } from './stages/await-kyc';
import { continueAsNewDue, forgetThisRun, weighHistory } from './order/history-size';
import { setCurrentOrder } from './interceptors/current-order';
import { asFailure } from './calls/call-failure';
import { noteIfForced } from './stages/forced-attempt';
import { KycDesk } from './kyc/desk';
import { begin } from './stages/begin';
import { lookUpRequirements } from './stages/look-up';
import { handleMessages } from './inbox/handle-messages';
import { countStage } from './display/metrics';
import { addNotice, newOrder, type Order } from './order/order';
import { followProvisioning } from './stages/provisioning';
import { redeliver, tellRequester } from './notifications/requester';
import { takeRequest, unreadable } from './inbox/request';
import { markLost } from './reservation/reservation';
import { reserve } from './stages/reserve';
import { awaitAction, followReview } from './stages/review';
import { lookAtTraces } from './inbox/sinch-events';
import { submit } from './stages/submit';
import { awaitConfirmation } from './stages/unconfirmed';
import { noteIfUnencrypted } from './inbox/unencrypted-kyc';
import { recordDoubtedCreation } from './order/unconfirmed-records';
import { outcomeOf } from './order/view';

/** What an order does in each stage. Each function returns the next stage. */
const STAGES: Record<OpenStage, (order: Order) => Promise<Stage>> = {
  LOOKING_UP: lookUpRequirements,
  RESERVING: reserve,
  UNCONFIRMED: awaitConfirmation,
  AWAITING_KYC: awaitKyc,
  SUBMITTING: submit,
  IN_REVIEW: followReview,
  ACTION_REQUIRED: awaitAction,
  PROVISIONING: followProvisioning,
};

/**
 * One phone number order, from its reservation to a usable number.
 * @param handedOn by the previous run at continue-as-new; ignored from any other caller
 */
export async function numberOrder(request: NumberOrderRequest, handedOn?: Order): Promise<NumberOrderResult> {
  const carried = workflowInfo().continuedFromExecutionRunId ? handedOn : undefined;
  const { order, malformed } = carried ? { order: carried } : begunWith(request);
  if (!carried) noteIfForced(order);
  if (!carried && (order.registration || order.filesStaged)) noteIfUnencrypted(order, 'KYC of the request', request);
  const desk = new KycDesk(order);
  setCurrentOrder(order);
  handleMessages(order, desk);
  CancellationScope.current().cancelRequested.catch(() => {
    order.cancel ??= { reason: "Temporal's own Cancel" };
  });

  // From here on a cancel is a request that the stages decide on. It never interrupts their calls.
  return CancellationScope.nonCancellable(async () => {
    try {
      if (malformed) throw malformed;
      return await carryOut(order, desk);
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
      order.failure = error;
      if (desk.isCopying()) await desk.stopCopying();
      await close(order, 'FAILED');
      await until(allHandlersFinished);
      throw error;
    }
  });
}

/** Keeps nothing of an invalid request, but lets a query find an order. */
function begunWith(request: unknown): { order: Order; malformed?: ApplicationFailure } {
  const taken = takeRequest(request);
  return taken instanceof ApplicationFailure
    ? { order: newOrder(unreadable(request)), malformed: taken }
    : { order: newOrder(taken) };
}

async function carryOut(order: Order, desk: KycDesk): Promise<NumberOrderResult> {
  if (!order.policy) {
    try {
      await begin(order);
    } finally {
      // Only now is it known whether its project is one of ours.
      countStage(order, 'LOOKING_UP');
    }
  }
  redeliver(order);
  publishToPlainStarts(order);
  for (;;) {
    desk.sendWhatWaits();
    if (order.traces.length > 0) await lookAtTraces(order);
    const outcome = outcomeOf(order.stage);
    if (outcome) {
      if (desk.isCopying()) await desk.stopCopying();
      await close(order, outcome);
      await until(allHandlersFinished);
      return resultOf(order, outcome);
    }
    weighHistory(order);
    if (continueAsNewDue(order)) await startNewRun(order, desk);
    enter(order, whatFollows(order, await carryOutStage(order)));
  }
}

async function carryOutStage(order: Order): Promise<Stage> {
  try {
    return await STAGES[order.stage as OpenStage](order);
  } catch (error) {
    const failure = asFailure(error);
    recordDoubtedCreation(order);
    const nothingToLose = !order.reservation && order.unconfirmed.length === 0 && order.reservations.length === 0;
    if (nothingToLose) throw failure;
    addNotice(order, `${order.stage} could not continue: ${failure.message}`);
    if (order.reservation) return markLost(order);
    return order.unconfirmed.length > 0 ? 'UNCONFIRMED' : 'UNAVAILABLE';
  }
}

function enter(order: Order, stage: Stage): void {
  const entered = order.stage !== stage;
  order.stage = stage;
  if (!entered) return;
  log.info('Order entered a stage', { stage });
  if (!outcomeOf(stage)) countStage(order, stage as OpenStage);
  if (stage === 'ACTION_REQUIRED') tellRequester(order, 'order.action_required');
}

/** The next run begins with the order as it is. All callers of this run have been answered. */
async function startNewRun(order: Order, desk: KycDesk): Promise<never> {
  await until(allHandlersFinished);
  await desk.stopSending();
  // More updates may have arrived meanwhile.
  await until(allHandlersFinished);
  forgetThisRun(order);
  return continueAsNew<typeof numberOrder>(order.request, order);
}
