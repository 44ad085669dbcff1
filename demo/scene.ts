import type { FakeControl } from '../local/fake-control';
import type { NumberOrdersClient } from '../src/client';
import type { KycAnswer, NumberOrderRequest, Registration } from '@number-orders/contract';
import { FollowedOrder } from './followed-order';
import { proofOfIdentity } from './kyc';
import type { Person } from './person';
import type { Timeline } from './timeline';

/** What orders and stories are played with: the client library, the fake's control, and the timeline that tells of both. */
export class Scene {
  constructor(
    readonly orders: NumberOrdersClient,
    readonly sinch: FakeControl,
    readonly timeline: Timeline,
    /** Who fills in the KYC page; undefined where there is no browser. */
    readonly person?: Person,
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

  /** As a notification would bring the link to the customer. */
  async answerOnPage({ reference }: FollowedOrder, person: Person): Promise<void> {
    this.timeline.act(reference, 'has a link signed; a browser opens it, and fills in the page');
    const { url } = await this.orders.kycLink(reference);
    const { told, picture } = await person.answer(url);
    this.timeline.event(reference, `the page says: ${told} (as it was sent: ${picture})`);
  }

  private tellAnswer(reference: string, { status, reason }: KycAnswer): void {
    this.timeline.event(reference, `the sender is answered ${status}${reason ? `: ${reason}` : ''}`);
  }
}
