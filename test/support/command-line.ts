import { run } from '../../src/cli/run';
import type { OrderStand } from './order-stand';
import { devServerAddress } from './temporal';

/** `number-orders` as an operator beside a stand would type it: the exit code and everything it printed. */
export function commandLine(stand: OrderStand) {
  return async (args: string[], env: Record<string, string> = {}): Promise<{ code: number; printed: string }> => {
    let printed = '';
    const print = (text: string) => (printed += text);
    const code = await run(args, {
      env: {
        TEMPORAL_ADDRESS: devServerAddress(),
        TEMPORAL_CONFIG_FILE: '/no/such/file',
        SINCH_PROJECT_ID: stand.fake.projectId,
        SINCH_KEY_ID: stand.fake.keyId,
        SINCH_KEY_SECRET: stand.fake.keySecret,
        SINCH_NUMBERS_URL: stand.fake.url,
        SINCH_AUTH_URL: stand.fake.authUrl,
        NUMBER_ORDERS_TASK_QUEUE: stand.taskQueue,
        NUMBER_ORDERS_STORE: `file:${stand.folder}`,
        ...env,
      },
      interactive: false,
      out: print,
      err: print,
      readStdin: () => Promise.resolve(''),
    });
    return { code, printed };
  };
}
