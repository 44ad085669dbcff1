import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { OrderState } from '../../fake-sinch';
import type { ConnectedClient } from '../../src/client';
import { workflowIdOf, type NumberOrderRequest } from '@number-orders/contract';
import { auMobile, auRegistration, PROOF_OF_IDENTITY, proofOfIdentity, usLocal } from './kyc';
import { pendingCall } from './operator-cli';
import type { WorkerProcess } from './worker-process';

/**
 * Orders to which everything happens that a worker counts in metrics of ours. Its fake Sinch reserves for seconds, and the worker has
 * encryption keys.
 */
export async function liveEventfully(worker: WorkerProcess): Promise<void> {
  const client = await worker.connect();
  const lives = new Lives(worker, client);
  // One after the other while a fault waits for the next creation.
  await lives.mayLeaveAReservation();
  await lives.isOfAnUnknownProject();
  await Promise.all([lives.completes(), lives.isRemindedOfItsKyc(), lives.hasASenderWithoutKeys()]);
  await client.close();
}

class Lives {
  constructor(
    private readonly worker: WorkerProcess,
    private readonly client: ConnectedClient,
  ) {}

  async completes(): Promise<void> {
    const { orders } = this.client;
    const reference = await this.start(auMobile);
    await this.stageReached(reference, 'AWAITING_KYC');
    await this.client.temporal.workflow
      .getHandle(workflowIdOf(reference))
      .signal('attachment', { attachmentId: PROOF_OF_IDENTITY });
    await orders.register(reference, auRegistration({ postalCode: 'unknown' }));
    await orders.register(reference, auRegistration());
    await orders.attach(reference, proofOfIdentity({ attachmentId: 'not-asked-for' }));
    await orders.attach(reference, proofOfIdentity());
    await orders.result(reference);
  }

  async isRemindedOfItsKyc(): Promise<void> {
    await this.client.orders.result(await this.start(auMobile));
  }

  async mayLeaveAReservation(): Promise<void> {
    this.worker.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    const reference = await this.start({ ...usLocal, selection: { phoneNumber: '+12125550199' } });
    await this.stageReached(reference, 'UNCONFIRMED');
    await this.cancel(reference);
  }

  async hasASenderWithoutKeys(): Promise<void> {
    const { orders, temporal } = this.client;
    const reference = await this.start(auMobile);
    await this.stageReached(reference, 'AWAITING_KYC');
    const signal = (encoding: string, data: string) =>
      temporal.workflowService.signalWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: workflowIdOf(reference) },
        signalName: 'registration',
        input: { payloads: [{ metadata: { encoding: Buffer.from(encoding) }, data: Buffer.from(data) }] },
      });
    await signal('of/another', '?');
    await signal('json/plain', JSON.stringify(auRegistration()));
    while ((await orders.order(reference)).outstanding.registration) await delay(50);
    const { sinchOrderId = '' } = await orders.order(reference);
    this.worker.fake.control.moveOrder(sinchOrderId, 'SUSPENDED' as OrderState);
    await orders.reread(reference, { author: 'a test', reason: 'an unknown state' });
    await this.cancel(reference);
  }

  async isOfAnUnknownProject(): Promise<void> {
    const reference = await this.start({ ...usLocal, project: 'nowhere' });
    await pendingCall(this.client.temporal, reference, 'awaitProject', ({ lastFailure }) => Boolean(lastFailure));
    await this.cancel(reference);
  }

  private async start(order: Omit<NumberOrderRequest, 'reference'>): Promise<string> {
    const reference = `metrics-${randomUUID()}`;
    await this.client.orders.start({ reference, ...order });
    return reference;
  }

  private async stageReached(reference: string, stage: string): Promise<void> {
    while ((await this.client.orders.order(reference)).stage !== stage) await delay(50);
  }

  private async cancel(reference: string): Promise<void> {
    await this.client.orders.cancel(reference, { reason: 'enough seen' });
    await this.client.orders.result(reference);
  }
}
