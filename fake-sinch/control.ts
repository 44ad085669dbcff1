import { type Audit, auditOf } from './audit';
import { invalidArgument } from './errors';
import type { Fault } from './faults';
import type { RandomFaultsOptions } from './random-faults';
import type { StockNumber, StockPrice } from './inventory';
import { changeSettings, type Settings, type SettingsChange } from './settings';
import type { Sinch } from './sinch';
import type { NumberRequirements, NumberType, Order, OrderPlan, OrderState } from './types';

/** What a test may do to the fake from outside the API; the same as the endpoints under `/__control`. */
export class Control {
  readonly #sinch: Sinch;

  constructor(sinch: Sinch) {
    this.#sinch = sinch;
  }

  get settings(): Readonly<Settings> {
    return this.#sinch.settings;
  }

  /** Changes the settings named; orders that exist keep their reservation. */
  configure(change: SettingsChange): void {
    Object.assign(this.#sinch.settings, changeSettings(this.#sinch.settings, change));
  }

  /** The fake's time as RFC 3339, and whether it goes on by itself. */
  get clock(): { now: string; running: boolean } {
    const { clock } = this.#sinch;
    return { now: new Date(clock.now()).toISOString(), running: clock.running };
  }

  /** Everything due by the new time has happened when this returns; callbacks are on their way. */
  setClock(time: string | number): void {
    const at = typeof time === 'number' ? time : Date.parse(time);
    if (!Number.isFinite(at)) throw invalidArgument({ field: 'set', description: 'must be RFC 3339 or milliseconds' });
    this.#sinch.clock.set(at);
  }

  advance(milliseconds: number): void {
    this.#sinch.clock.advance(milliseconds);
  }

  stopClock(): void {
    this.#sinch.clock.stop();
  }

  resumeClock(): void {
    this.#sinch.clock.resume();
  }

  /** Makes a number available; of a region unknown so far, the region too. */
  addNumber(number: Omit<StockNumber, 'status'>): void {
    this.#sinch.inventory.add(number);
  }

  removeNumber(phoneNumber: string): void {
    this.#sinch.inventory.remove(phoneNumber);
  }

  /** As if another customer had ordered these numbers. */
  takeNumbers(...phoneNumbers: string[]): void {
    this.#sinch.inventory.setStatus(phoneNumbers, 'TAKEN');
  }

  freeNumbers(...phoneNumbers: string[]): void {
    this.#sinch.inventory.setStatus(phoneNumbers, 'AVAILABLE');
  }

  /** What the number costs from now on, also as part of an order. Others cost what their type does. */
  setPrice(phoneNumber: string, price: StockPrice): void {
    this.#sinch.inventory.setPrice(phoneNumber, price);
  }

  /** The numbers that can be ordered now. */
  availableNumbers(regionCode: string, type: NumberType): string[] {
    return this.#sinch.inventory.search({ regionCode, type }).map(({ phoneNumber }) => phoneNumber);
  }

  /** Answered as given, however odd; `undefined` makes the lookup answer 404. */
  setRequirements(regionCode: string, type: NumberType, requirements: NumberRequirements | undefined): void {
    this.#sinch.requirements.set(regionCode, type, requirements);
  }

  /** Called twice, it plans the next order and the one after. */
  planNextOrder(plan: OrderPlan): void {
    this.#sinch.orders.nextPlans.push(structuredClone(plan));
  }

  planOrder(idNumberOrder: string, plan: OrderPlan): void {
    Object.assign(this.#find(idNumberOrder).plan, structuredClone(plan));
  }

  /** Forces the state, with its callback and consequences, from any other state. */
  moveOrder(idNumberOrder: string, state: OrderState, message?: string): void {
    this.#sinch.orders.move(this.#find(idNumberOrder), state, message);
  }

  /** Makes the order report another state than its own, such as an unknown one, until its state changes. */
  showState(idNumberOrder: string, state: string): void {
    this.#sinch.orders.show(this.#find(idNumberOrder), state);
  }

  /** Makes the order answer 404, as if Sinch had lost it, or brings it back. */
  vanishOrder(idNumberOrder: string, vanished = true): void {
    this.#find(idNumberOrder).vanished = vanished;
  }

  fault(fault: Fault): void {
    this.#sinch.faults.add(fault);
  }

  /** Faults of every kind, until cleared. */
  faultAtRandom(options: RandomFaultsOptions): void {
    this.#sinch.faults.atRandom(options);
  }

  clearFaults(): void {
    this.#sinch.faults.clear();
  }

  /** Every token issued so far stops working. */
  revokeTokens(): void {
    this.#sinch.tokens.revoke();
  }

  /** The next callbacks never arrive; the audit still lists them. */
  dropCallbacks(count: number): void {
    this.#sinch.callbacks.drop = count;
  }

  /** The next callbacks arrive twice, with the same eventId. */
  doubleCallbacks(count: number): void {
    this.#sinch.callbacks.double = count;
  }

  /** Resolves when every callback so far was answered or given up. */
  flushCallbacks(): Promise<void> {
    return this.#sinch.callbacks.flush();
  }

  audit(): Audit {
    this.#sinch.clock.settle();
    return auditOf(this.#sinch);
  }

  /** The registration last accepted. In this process only: it is personal data. */
  registrationOf(idNumberOrder: string): Record<string, unknown> | undefined {
    return this.#find(idNumberOrder).requestDetails;
  }

  /** Also one that vanished. */
  #find(idNumberOrder: string): Order {
    this.#sinch.clock.settle();
    const order = this.#sinch.orders.all.find((candidate) => candidate.idNumberOrder === idNumberOrder);
    return order ?? this.#sinch.orders.get(idNumberOrder);
  }
}
