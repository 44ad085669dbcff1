import { ReplayError } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { replayProblem } from '../../src/cli/replay-problem';

/** As Temporal's native part words a failed workflow task. */
const details = (message: string, stackTrace = '') =>
  `Workflow activation completion failed: Failure { failure: Some(Failure { message: "${message}", source: "", stack_trace: "${stackTrace}", encoded_attributes: None }) }`;

describe('the message for a history that cannot be replayed', () => {
  it.each([
    ["Activity type of scheduled event 'createNumberOrder' does not match activity type of activity command 'other'"],
    ['TimerMachine does not handle HistoryEvent(id: 14, ActivityTaskScheduled)'],
  ])("quotes Temporal's reason: %s", (reason) => {
    const error = new DeterminismViolationError(details(`[TMPRL1100] Nondeterminism error: ${reason}`));
    expect(replayProblem(error, undefined)).toBe(`does not do what it did: ${reason}`);
  });

  it('is cut off where a payload begins', () => {
    const quoted = 'Child workflow machine does not handle this event: HistoryEvent { input: [{"name":"Canary"}] }';
    const error = new DeterminismViolationError(details(`[TMPRL1100] Nondeterminism error: ${quoted}`));
    expect(replayProblem(error, undefined)).toBe(
      'does not do what it did: Child workflow machine does not handle this event: HistoryEvent',
    );
  });

  it('says where the code threw, but not the error message', () => {
    const stack = 'Error: Canary\\n    at Canary & Sons\\n    at awaitKyc (/app/src/collect-kyc.ts:12:5)';
    const error = new ReplayError(details('Canary', stack));
    const problem = replayProblem(error, undefined);
    expect(problem).toContain('at awaitKyc (/app/src/collect-kyc.ts:12:5)');
    expect(problem).not.toContain('Canary');
  });

  it('says only that the code threw if the failure is encrypted', () => {
    const problem = replayProblem(new ReplayError(details('Encoded failure')), undefined);
    expect(problem).toBe('throws an error, whose message may hold KYC and is not shown');
  });
});
