import type { Audit, Fault, OrderPlan, OrderState, RandomFaultsOptions, Settings } from '../fake-sinch';

/** The fake Sinch's control over HTTP; docs/fake-sinch.md tells what each of these does. */
export class FakeControl {
  constructor(private readonly url: string) {}

  /** What the next order created will meet. */
  planNextOrder(plan: OrderPlan): Promise<unknown> {
    return this.call('orders/next', 'POST', plan);
  }

  moveOrder(idNumberOrder: string, state: OrderState, message?: string): Promise<unknown> {
    return this.call(`orders/${idNumberOrder}`, 'POST', { state, message });
  }

  fault(fault: Fault): Promise<unknown> {
    return this.call('faults', 'POST', fault);
  }

  faultAtRandom(options: RandomFaultsOptions): Promise<unknown> {
    return this.call('faults/random', 'POST', options);
  }

  clearFaults(): Promise<unknown> {
    return this.call('faults', 'DELETE');
  }

  /** Sinch answers 404 for the order, or knows it again. */
  vanishOrder(idNumberOrder: string, vanished: boolean): Promise<unknown> {
    return this.call(`orders/${idNumberOrder}`, 'POST', { vanished });
  }

  revokeTokens(): Promise<unknown> {
    return this.call('tokens', 'DELETE');
  }

  /** So many of the next callbacks never arrive, or arrive twice; `flush` answers when all were delivered or given up. */
  callbacks(change: { drop?: number; double?: number; flush?: boolean }): Promise<unknown> {
    return this.call('callbacks', 'POST', change);
  }

  /** As if another customer had ordered them. */
  takeNumbers(...phoneNumbers: string[]): Promise<unknown> {
    return this.call('numbers', 'POST', { take: phoneNumbers });
  }

  /** Numbers that are available besides the fake's initial ones. */
  addNumbers(
    numbers: { phoneNumber: string; regionCode: string; type: string; capabilities: string[] }[],
  ): Promise<unknown> {
    return this.call('numbers', 'POST', { add: numbers });
  }

  changeSettings(change: Partial<Settings>): Promise<unknown> {
    return this.call('settings', 'POST', change);
  }

  audit(): Promise<Audit> {
    return this.call('audit', 'GET') as Promise<Audit>;
  }

  private async call(path: string, method: 'GET' | 'POST' | 'DELETE', body?: object): Promise<unknown> {
    const answer = await fetch(`${this.url}/__control/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The fake Sinch refuses ${path}: ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }
}
