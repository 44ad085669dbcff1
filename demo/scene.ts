import type { FakeControl } from '../local/fake-control';
import type { NumberOrdersClient } from '../src/client';
import type { KycAnswer, NumberOrderRequest, Registration } from '@number-orders/contract';
import { FollowedOrder } from './followed-order';
import { proofOfIdentity } from './kyc';
import type { Timeline } from './timeline';

/** What orders and stories are played with: the client library, the fake's control, and the timeline that tells of both. */
export class Scene {
  constructor(
    readonly orders: NumberOrdersClient,
    readonly sinch: FakeControl,
    readonly timeline: Timeline,
  ) {}

  async start(request: NumberOrderRequest): Promise<FollowedOrder> {
    const { reference, regionCode, numberType, selection } = request;
    const what = 'phoneNumber' in selection ? selection.phoneNumber : 'one that is found';
    this.timeline.act(reference, `starts an order: ${regionCode} ${numberType}, ${what}`);
    await this.orders.start(request);
    return new FollowedOrder(this.orders, this.timeline, reference);
  }

  /** @param what how the timeline calls it, such as `the registration` */
  async register({ reference }: FollowedOrder, registration: Registration, what: string): Promise<KycAnswer> {
    this.timeline.act(reference, `sends ${what}`);
    const answer = await this.orders.register(reference, registration);
    this.tellAnswer(reference, answer);
    return answer;
  }

  async attachProofOfIdentity({ reference }: FollowedOrder): Promise<void> {
    this.timeline.act(reference, 'sends a document: proof of identity');
    this.tellAnswer(reference, await this.orders.attach(reference, proofOfIdentity()));
  }

  private tellAnswer(reference: string, { status, reason }: KycAnswer): void {
    this.timeline.event(reference, `the sender is answered ${status}${reason ? `: ${reason}` : ''}`);
  }
}
