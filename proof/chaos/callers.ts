import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { isGrpcServiceError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { NoAnswerError, NumberOrdersError, TemporalUnavailableError, type ConnectedClient } from '../../src/client';
import { SIGNAL, workflowIdOf, type KycAnswer, type Registration } from '@number-orders/contract';
import { PROOF_OF_ADDRESS, uniqueRegistration, UTILITY_BILL } from '../model/kyc';
import { hear, sentPiece, type SentPiece } from '../model/sent-piece';
import type { Schedule, Step } from './schedule';

const TRY_AGAIN_AFTER_MS = 500;
const PATIENCE_MS = 3 * 60_000;

/** An order as its callers know it. */
export class CalledOrder {
  /** All KYC that was sent, oldest first. */
  readonly pieces: SentPiece[] = [];
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: ConnectedClient,
    readonly reference: string,
    readonly schedule: Schedule,
  ) {}

  /** Starts the order and follows its schedule until the order ends. */
  async live(): Promise<void> {
    const { order, startedTwice } = this.schedule;
    const start = () => this.client.orders.start({ reference: this.reference, ...order });
    await untilAnswered(start);
    if (startedTwice) await untilAnswered(start);
    await this.act();
  }

  /** Follows the schedule of an order that was started elsewhere. */
  async act(): Promise<void> {
    const startedAt = Date.now();
    for (const step of this.schedule.steps) {
      await delay(Math.max(0, startedAt + step.after * 1_000 - Date.now()));
      await this.take(step);
    }
  }

  /** Sends corrected KYC, as callers do when the requester is notified that action is required. */
  async correct(): Promise<void> {
    await this.take({ after: 0, kind: 'register', by: 'client', good: true });
  }

  /** Sends one piece after the other, so that Sinch must have the last one. */
  private take(step: Step): Promise<void> {
    return (this.last = this.last.then(() => this.do(step)));
  }

  private async do(step: Step): Promise<void> {
    try {
      switch (step.kind) {
        case 'register':
          await this.register(step);
          return;
        case 'attach':
          await this.attach(step);
          return;
        case 'cancel':
          await untilAnswered(() => this.cancel(step.by));
      }
    } catch (error) {
      // The order has ended, or refuses it now.
      if (!(error instanceof NumberOrdersError || error instanceof WorkflowNotFoundError)) throw error;
    }
  }

  private async register({ by, good }: Extract<Step, { kind: 'register' }>): Promise<void> {
    const registration: Registration = good
      ? uniqueRegistration(this.schedule.order.regionCode)
      : { data: [{ unique: randomUUID() }] };
    const piece = this.sent('registration', JSON.stringify(registration));
    const send = () =>
      by === 'client'
        ? this.client.orders.register(this.reference, registration)
        : // As any other client of Temporal's would.
          this.handle.signal(SIGNAL.registration, registration).then(() => undefined);
    await hear(piece, untilAnswered<KycAnswer | undefined>(send));
  }

  private async attach({ by, attachmentId, fileName }: Extract<Step, { kind: 'attach' }>): Promise<void> {
    const content = randomUUID();
    const piece = this.sent(attachmentId, content);
    const document = () => ({
      attachmentId,
      fileName,
      mimeType: 'application/pdf',
      content: Readable.from([content]),
      ...(attachmentId === PROOF_OF_ADDRESS && { documentType: UTILITY_BILL }),
    });
    const { orders } = this.client;
    const send = () =>
      by === 'client'
        ? orders.attach(this.reference, document())
        : orders.attach(this.reference, document(), { signal: true });
    await hear(piece, untilAnswered<KycAnswer | undefined>(send));
  }

  private async cancel(by: 'client' | 'temporal'): Promise<unknown> {
    if (by === 'temporal') return this.handle.cancel();
    return this.client.orders.cancel(this.reference, { author: 'chaos', reason: 'as the schedule says' });
  }

  private sent(name: string, content: string): SentPiece {
    const piece = sentPiece(name, content);
    this.pieces.push(piece);
    return piece;
  }

  private get handle() {
    return this.client.temporal.workflow.getHandle(workflowIdOf(this.reference));
  }
}

/**
 * Repeats a call until it is answered, because servers are stopped and killed: all calls here are safe to repeat.
 * @throws the last error, if there is no answer for minutes
 */
export async function untilAnswered<T>(call: () => Promise<T>): Promise<T> {
  const givenUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isUnanswered(error) || Date.now() > givenUpAt) throw error;
    }
    await delay(TRY_AGAIN_AFTER_MS);
  }
}

function isUnanswered(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return false;
  if (error instanceof TemporalUnavailableError || error instanceof NoAnswerError) return true;
  return error instanceof ServiceError || isGrpcServiceError(error);
}
