import { setTimeout as delay } from 'node:timers/promises';
import { ToldError } from '../local/told-error';
import type { NumberOrdersClient } from '../src/client';
import type { NumberOrderResult, OrderView, Stage } from '@number-orders/contract';
import type { Timeline } from './timeline';

const LOOK_EVERY_MS = 150;
const PATIENCE_MS = 50_000;

/** An order that is polled; changes go to the timeline. */
export class FollowedOrder {
  private seen: OrderView | undefined;
  private failure: Error | undefined;

  constructor(
    private readonly orders: NumberOrdersClient,
    private readonly timeline: Timeline,
    readonly reference: string,
  ) {
    orders.result(reference).catch((error: unknown) => {
      this.failure = error instanceof Error ? error : new Error('The order failed');
    });
  }

  /** @throws {ToldError} when it does not come to what is wanted in time {@link NumberOrderFailedError} */
  async until(what: string, wanted: (view: OrderView) => boolean): Promise<OrderView> {
    const patience = Date.now() + PATIENCE_MS;
    for (;;) {
      const view = await this.orders.order(this.reference);
      this.tell(view);
      if (wanted(view)) return view;
      if (this.failure) throw this.failure;
      if (Date.now() > patience || view.outcome) {
        throw new ToldError(`${this.reference} should have come to: ${what}. It is ${view.stage}.`);
      }
      await delay(LOOK_EVERY_MS);
    }
  }

  untilStage(stage: Stage): Promise<OrderView> {
    return this.until(stage, (view) => view.stage === stage);
  }

  async result(): Promise<NumberOrderResult> {
    await this.until('an outcome', ({ outcome }) => outcome !== undefined);
    return this.orders.result(this.reference);
  }

  private tell(view: OrderView): void {
    const { seen, timeline, reference } = this;
    this.seen = view;
    const after = <T>(list: readonly T[], before: readonly T[] = []) => list.slice(before.length);
    for (const { message } of after(view.notices, seen?.notices)) timeline.event(reference, message);
    const violations = view.violations.map(({ field, title = field }) => title).join(', ');
    if (violations && violations !== seen?.violations.map(({ field, title = field }) => title).join(', ')) {
      timeline.event(reference, `fields to correct: ${violations}`);
    }
    for (const { attachmentId, title = attachmentId, status } of view.attachments) {
      const before = seen?.attachments.find((entry) => entry.attachmentId === attachmentId);
      if (before?.status !== status) timeline.event(reference, `attachment ${title}: ${status}`);
    }
    for (const { message } of after(view.reviewLog, seen?.reviewLog))
      timeline.event(reference, `reviewers: ${message}`);
    for (const { phoneNumber, target, status, failureCode } of view.provisioning) {
      const before = seen?.provisioning.find((link) => link.phoneNumber === phoneNumber && link.target === target);
      if (before?.status === status) continue;
      timeline.event(reference, [`linking to ${target}:`, status, failureCode].filter(Boolean).join(' '));
    }
    if (seen?.stage !== view.stage) timeline.stage(reference, view.stage, tellStage(view));
  }
}

function tellStage({ stage, phoneNumbers, prices, expireTime, missingTitles, attempt }: OrderView): string {
  const numbers = phoneNumbers.join(', ');
  const awaited = missingTitles.map(({ title }) => title).join(', ');
  switch (stage) {
    case 'LOOKING_UP':
      return 'asks what the regulator demands';
    case 'RESERVING':
      if (attempt > 1) return `reserves again, attempt ${attempt}`;
      return `${awaited ? `KYC is asked for (${awaited})` : 'no KYC is asked for'}; reserves a number`;
    case 'UNCONFIRMED':
      return 'something may be reserved: nothing is tried blindly';
    case 'AWAITING_KYC': {
      const price = prices?.[0]?.monthlyPrice;
      const cost = price ? `, ${price.amount} ${price.currencyCode} a month` : '';
      return `${numbers} is reserved ${howLong(expireTime)}${cost}; awaits ${awaited || 'nothing more'}`;
    }
    case 'SUBMITTING':
      return `${numbers}: everything is there, submits`;
    case 'IN_REVIEW':
      return `${numbers} is with the reviewers`;
    case 'ACTION_REQUIRED':
      return 'somebody must act';
    case 'PROVISIONING':
      return `${numbers} is bought, and being linked`;
    case 'COMPLETED':
      return `${numbers} is ours`;
    case 'EXPIRED':
      return `${numbers} has gone back; what was reserved is accounted for`;
    case 'REJECTED':
      return 'the reviewers said no';
    case 'CANCELLED':
      return 'stopped';
    case 'UNAVAILABLE':
      return 'nothing was available';
  }
}

function howLong(expireTime = ''): string {
  const seconds = Math.round((Date.parse(expireTime) - Date.now()) / 1_000);
  return seconds < 120 ? `for ${seconds} s` : `until ${expireTime}`;
}
