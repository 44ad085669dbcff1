import {
  ApplicationFailure,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  getExternalWorkflowHandle,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  startChild,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';

/** Workflows that put half a character wherever a text leaves workflow code. */

const HALF = '\ud83d';

export async function halfCharacters(): Promise<void> {
  let ended = false;
  const refuse = () => {
    throw ApplicationFailure.nonRetryable(HALF, HALF);
  };
  setHandler(defineUpdate('refused'), () => undefined, { validator: refuse, description: HALF });
  setHandler(defineUpdate('fails'), refuse);
  setHandler(defineQuery('fails'), refuse, { description: HALF });
  setHandler(defineQuery('answers'), () => HALF);
  setHandler(defineSignal('end'), () => void (ended = true));

  setCurrentDetails(HALF);
  upsertMemo({ [HALF]: HALF });
  upsertSearchAttributes([{ key: defineSearchAttributeKey('SinchOrderId', 'KEYWORD'), value: HALF }]);
  const { failsWithHalf } = proxyActivities<{ failsWithHalf(argument: string): Promise<void> }>({
    activityId: HALF,
    summary: HALF,
    startToCloseTimeout: '30 seconds',
    retry: { maximumAttempts: 1, nonRetryableErrorTypes: [HALF] },
  });
  await failsWithHalf(HALF).catch(() => undefined);
  const { workflowId } = workflowInfo();
  const child = { workflowId: `${workflowId}-${HALF}`, args: [HALF] as [string], memo: { [HALF]: HALF } };
  await startChild(endsAtOnce, { ...child, staticSummary: HALF, staticDetails: HALF }).catch(() => undefined);
  await getExternalWorkflowHandle(HALF)
    .signal(HALF, HALF)
    .catch(() => undefined);
  await getExternalWorkflowHandle(HALF)
    .cancel()
    .catch(() => undefined);
  await sleep(1, { summary: HALF });
  await condition(() => ended);
  throw ApplicationFailure.nonRetryable(HALF, HALF, { [HALF]: HALF });
}

/** Its tasks fail, and are tried again for ever. */
export async function failsItsTask(): Promise<void> {
  throw new Error(HALF);
}

export async function endsAtOnce(_said: string): Promise<void> {
  // There is nothing to do.
}
