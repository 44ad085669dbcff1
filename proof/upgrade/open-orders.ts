import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FakeControl } from '../../local/fake-control';
import type { ConnectedClient } from '../../src/client';
import { SIGNAL, workflowIdOf } from '@number-orders/contract';
import { failedTasks } from '../model/failed-tasks';
import { gbRegistration } from '../model/kyc';

/** Orders that wait for KYC until they should complete, by the build id of the worker that they run on. */
export class OpenOrders {
  private readonly open = new Map<string, string[]>();
  private readonly begun: string[] = [];
  private completed = 0;

  constructor(
    private readonly client: ConnectedClient,
    private readonly sinch: FakeControl,
  ) {}

  on(version: string): readonly string[] {
    return this.open.get(version) ?? [];
  }

  count(version: string): number {
    return this.on(version).length;
  }

  /** Returns the version of each, once they have their reservations. */
  async begin(count: number): Promise<string[]> {
    const phoneNumbers = Array.from({ length: count }, (_, index) => `+4479120${10_000 + this.begun.length + index}`);
    const kind = { regionCode: 'GB', numberType: 'MOBILE' } as const;
    // One number for each order, because orders that search at the same time try the same numbers.
    await this.sinch.addNumbers(
      phoneNumbers.map((phoneNumber) => ({ phoneNumber, regionCode: 'GB', type: 'MOBILE', capabilities: ['SMS'] })),
    );
    return Promise.all(
      phoneNumbers.map(async (phoneNumber) => {
        const reference = `upgrade-${randomUUID()}`;
        this.begun.push(reference);
        await this.client.orders.reserve({ reference, ...kind, selection: { phoneNumber } });
        const version = await this.versionOf(reference);
        this.open.set(version, [...this.on(version), reference]);
        return version;
      }),
    );
  }

  /** Sends KYC to some orders of a version, and returns whether they complete on that version. */
  async complete(version: string, count: number): Promise<boolean> {
    const chosen = this.on(version).slice(0, count);
    this.open.set(version, this.on(version).slice(count));
    const well = await Promise.all(
      chosen.map(async (reference) => {
        await this.client.orders.register(reference, gbRegistration);
        const { outcome } = await this.client.orders.result(reference);
        return outcome === 'COMPLETED' && (await this.versionOf(reference)) === version;
      }),
    );
    this.completed += well.filter(Boolean).length;
    return chosen.length === count && well.every(Boolean);
  }

  /** Sends unknown messages to an order of a version until it begins a new run, and returns that run's version. */
  async continueOneAsNew(version: string): Promise<string> {
    const [reference = ''] = this.on(version);
    const { runId } = await this.handle(reference).describe();
    while ((await this.handle(reference).describe()).runId === runId) {
      await this.handle(reference).signal(SIGNAL.sinchEvent, { eventId: randomUUID() });
      await delay(200);
    }
    return this.versionOf(reference);
  }

  /** Resolves when every open order of a version has moved to another. */
  async moved(from: string, to: string): Promise<void> {
    const references = this.on(from);
    for (const reference of references) while ((await this.versionOf(reference)) !== to) await delay(500);
    this.open.set(from, []);
    this.open.set(to, [...this.on(to), ...references]);
  }

  /** Counts over all orders that were begun, and over the workflow tasks of their last runs. */
  async sum(): Promise<{ begun: number; completed: number; submittedOnce: number; failedTasks: number }> {
    const histories = await Promise.all(this.begun.map((reference) => this.handle(reference).fetchHistory()));
    const failed = histories.flatMap(failedTasks);
    const { orders } = await this.sinch.audit();
    return {
      begun: this.begun.length,
      completed: this.completed,
      submittedOnce: orders.filter(({ submits }) => submits === 1).length,
      failedTasks: failed.length,
    };
  }

  /** The version of an order that was moved is its override. */
  private async versionOf(reference: string): Promise<string> {
    const { raw } = await this.handle(reference).describe();
    const { versioningOverride, deploymentVersion } = raw.workflowExecutionInfo?.versioningInfo ?? {};
    return (versioningOverride?.pinned?.version ?? deploymentVersion)?.buildId ?? 'none';
  }

  private handle(reference: string) {
    return this.client.temporal.workflow.getHandle(workflowIdOf(reference));
  }
}
