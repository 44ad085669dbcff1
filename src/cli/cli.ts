import { connectNumberOrders, type KycLinkOptions, type NumberOrdersClient, type SignedKycLink } from '../client';
import { ConfigurationError, readLinkSettings, readClientSettings, readSinchSettings } from '../config/settings';
import { readLinkWish } from '../intake/api/read-link-wish';
import { kycUrlOf } from '../intake/links/kyc-url';
import { OrderDesk } from '../intake/order/order-desk';
import { SinchClient } from '../sinch';
import { printable, type Terminal } from './terminal';

/** What commands share. */
export class Cli {
  /** Set by a command that ran correctly but found a problem. Scripts read it. */
  exitCode = 0;

  constructor(readonly terminal: Terminal) {}

  /** Connects for as long as `use` runs. */
  async withOrders<T>(use: (orders: NumberOrdersClient) => Promise<T>): Promise<T> {
    const connected = await connectNumberOrders(readClientSettings(this.terminal.env));
    try {
      return await use(connected.orders);
    } finally {
      await connected.close();
    }
  }

  /** Signed here if the keys are set, as for operators; otherwise by the intake. */
  async kycLink(reference: string, options: KycLinkOptions): Promise<SignedKycLink> {
    const keys = readLinkSettings(this.terminal.env);
    if (!keys) return this.withOrders((orders) => orders.kycLink(reference, options));
    const wish = readLinkWish(options, keys.returnHosts);
    const settings = readClientSettings(this.terminal.env);
    const connected = await connectNumberOrders(settings);
    try {
      const desk = new OrderDesk({ client: connected.temporal, taskQueue: settings.taskQueue });
      const { firstRunId } = await desk.findOpen(reference);
      const { url, expiresAt } = await kycUrlOf(keys, { reference, firstRunId, ...wish });
      return { url, expiresAt: expiresAt.toISOString() };
    } finally {
      await connected.close();
    }
  }

  /** @param project a named one; undefined: the default one */
  sinch(project?: string): SinchClient {
    return new SinchClient(readSinchSettings(this.terminal.env, project));
  }

  /** Undefined without its settings: only the worker needs them. */
  sinchIfSet(project?: string): SinchClient | undefined {
    try {
      return this.sinch(project);
    } catch (error) {
      if (error instanceof ConfigurationError) return undefined;
      throw error;
    }
  }

  /** Each of them is made {@link printable}. */
  print(...lines: string[]): void {
    this.terminal.out(lines.map((line) => `${printable(line)}\n`).join(''));
  }
}
