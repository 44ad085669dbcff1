import { ActiveNumbers } from './active-numbers';
import { Callbacks } from './callbacks';
import { Clock } from './clock';
import { type ActiveFault, Faults, kindOf, type Operation } from './faults';
import { Inventory } from './inventory';
import { Orders } from './orders';
import { RequirementsBook } from './requirements';
import { changeSettings, DEFAULT_SETTINGS, type Settings, type SettingsChange } from './settings';
import { type Credentials, Tokens } from './tokens';

/** All that the fake knows, put together. */
export class Sinch {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly inventory = new Inventory();
  readonly requirements = new RequirementsBook();
  readonly faults = new Faults();
  readonly tokens: Tokens;
  readonly callbacks: Callbacks;
  readonly activeNumbers: ActiveNumbers;
  readonly orders: Orders;
  readonly requests = new Map<Operation, { count: number; faulted: number }>();
  readonly faultsByKind = new Map<string, number>();

  constructor(
    readonly projectId: string,
    credentials: Omit<Credentials, 'projectId'> & { hmacSecret: string },
    settings: SettingsChange,
    now?: () => number,
  ) {
    this.settings = changeSettings(DEFAULT_SETTINGS, settings);
    this.clock = new Clock(now);
    this.tokens = new Tokens({ projectId, ...credentials }, this.clock, this.settings);
    this.callbacks = new Callbacks(projectId, credentials.hmacSecret, this.clock, this.settings);
    this.activeNumbers = new ActiveNumbers(projectId, this.clock, this.settings, this.inventory, this.callbacks);
    this.orders = new Orders(
      this.clock,
      this.settings,
      this.inventory,
      this.requirements,
      this.activeNumbers,
      this.callbacks,
    );
  }

  countRequest(operation: Operation, fault: ActiveFault | undefined): void {
    const counted = this.requests.get(operation) ?? { count: 0, faulted: 0 };
    counted.count += 1;
    if (fault) {
      counted.faulted += 1;
      const kind = kindOf(fault);
      this.faultsByKind.set(kind, (this.faultsByKind.get(kind) ?? 0) + 1);
    }
    this.requests.set(operation, counted);
  }
}
