import { connectNumberOrders, type NumberOrdersClient } from '../client';
import { ConfigurationError, readClientSettings, readSinchSettings } from '../config/settings';
import { SinchClient } from '../sinch';
import { printable, type Terminal } from './terminal';

/** What commands share. */
export class Cli {
  /** Set by a command that ran as it should but has no good news: what scripts look at. */
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

  sinch(): SinchClient {
    return new SinchClient(readSinchSettings(this.terminal.env));
  }

  /** Undefined where its settings are not there: an order needs them on the worker's side alone. */
  sinchIfSet(): SinchClient | undefined {
    try {
      return this.sinch();
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
