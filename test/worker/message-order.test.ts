import { coresdk } from '@temporalio/proto';
import { signalsFirst } from '../../src/worker/message-order';

const { WorkflowActivation } = coresdk.workflow_activation;
type Job = coresdk.workflow_activation.IWorkflowActivationJob;

const written = (jobs: Job[]) =>
  Buffer.from(WorkflowActivation.encode({ runId: 'run', historyLength: 7, jobs, isReplaying: true }).finish());
const inOrder = (jobs: Job[]) => WorkflowActivation.decode(signalsFirst(written(jobs)));

const seed: Job = { updateRandomSeed: {} };
const signal = (signalName: string): Job => ({ signalWorkflow: { signalName } });
const update = (id: string): Job => ({ doUpdate: { id, name: 'reread' } });
const timer: Job = { fireTimer: { seq: 1 } };

describe('the order of messages in one workflow task', () => {
  it('is signals before updates, because a reset order would otherwise have a history that does not replay', () => {
    const activation = inOrder([seed, update('a'), signal('x'), update('b'), signal('y'), timer]);

    const expected = [seed, signal('x'), signal('y'), update('a'), update('b'), timer];
    expect(activation).toEqual(WorkflowActivation.decode(written(expected)));
  });

  it.each([[[]], [[timer]], [[seed, signal('x'), update('a'), timer]], [[update('a'), timer, update('b')]]])(
    'is not changed if no update comes before a signal: %j',
    (jobs: Job[]) => {
      const activation = written(jobs);
      expect(signalsFirst(activation)).toBe(activation);
    },
  );
});
