import type { Clock } from './clock';
import { GIVE_UP_MESSAGE, REVIEW_MESSAGES, verdictFor } from './review';
import type { Settings } from './settings';
import type { Order, OrderState } from './types';

/** Those who decide on submitted orders. They take their time, ask the customer, and give up where no answer comes. */
export class Reviewers {
  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly move: (order: Order, state: OrderState, message?: string) => void,
  ) {}

  review(order: Order): void {
    if (order.state !== 'IN_REVIEW') this.move(order, 'IN_REVIEW');
    order.asked = false;
    order.reviews += 1;
    this.#after(order, this.settings.reviewSeconds, () => {
      const verdict = verdictFor(order);
      if (verdict === 'STUCK') return;
      const message = order.plan.message ?? REVIEW_MESSAGES[verdict];
      if (verdict === 'APPROVE') this.move(order, 'COMPLETED', message);
      else if (verdict === 'REJECT') this.move(order, 'REJECTED', message);
      else if (verdict === 'ASK') this.#ask(order, message);
      else this.move(order, 'BLOCKED', message);
      if (verdict !== 'BLOCK_THEN_APPROVE') return;
      this.#after(order, this.settings.reviewSeconds, () => {
        this.move(order, 'COMPLETED', REVIEW_MESSAGES.APPROVE);
      });
    });
  }

  /** Sinch publishes an example where a day of silence ends a request. Which state that is, is our guess: a setting. */
  waitForCustomer(order: Order): void {
    this.#after(order, this.settings.patienceSeconds, () => {
      this.move(order, this.settings.giveUpState, GIVE_UP_MESSAGE);
    });
  }

  #ask(order: Order, message: string): void {
    order.asked = true;
    order.updateTime = this.clock.now();
    order.logs.push({ message, createTime: order.updateTime });
    this.waitForCustomer(order);
  }

  /** Does nothing if by then another review began or the order came to its end another way. */
  #after(order: Order, seconds: number, action: () => void): void {
    const { reviews, state } = order;
    this.clock.at(this.clock.now() + seconds * 1000, () => {
      if (order.reviews === reviews && order.state === state) action();
    });
  }
}
