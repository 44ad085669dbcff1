import { Worker } from '@temporalio/worker';
import { NativeWorker, type NativeWorkerLike } from '@temporalio/worker/lib/worker';
import { ACTIVATION } from './activation-sieve';
import { signalsFirst } from './message-order';
import { sift } from './sieve';

/**
 * A worker, and a replay, that drops what nobody reads of a message before the SDK makes objects of it: a signal of a million
 * payloads, headers or notes would take seconds, and hold up all other orders. It also gives messages one order, live and on
 * replay. The hook is the SDK's own, for its tests.
 */
export class SiftingWorker extends Worker {
  protected static override nativeWorkerCtor = {
    create: async (...args: Parameters<typeof NativeWorker.create>) => sifting(await NativeWorker.create(...args)),
    createReplay: async (...args: Parameters<typeof NativeWorker.createReplay>) => {
      const { worker, historyPusher } = await NativeWorker.createReplay(...args);
      return { worker: sifting(worker), historyPusher };
    },
  };
}

function sifting(worker: NativeWorkerLike): NativeWorkerLike {
  const { pollWorkflowActivation } = worker;
  worker.pollWorkflowActivation = async () => signalsFirst(sift(await pollWorkflowActivation(), ACTIVATION));
  return worker;
}
