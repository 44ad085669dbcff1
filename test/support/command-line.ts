import { run } from '../../src/cli/run';
import type { OrderStand } from './order-stand';
import { devServerAddress } from './temporal';

interface Surroundings {
  env?: Record<string, string>;
  stdin?: string | Buffer;
  /** A person is looking: called with all that is drawn. */
  onTerminal?: (drawn: string) => void;
}

/** What came of a command: its exit code, what it wrote to each stream, and all of it as a terminal shows it. */
interface Ran {
  code: number;
  out: string;
  err: string;
  printed: string;
}

/** `number-orders` as it is typed, with an environment of nothing but what is given. */
export async function typed(args: string[], { env = {}, stdin = '', onTerminal }: Surroundings = {}): Promise<Ran> {
  const ran: Ran = { code: 0, out: '', err: '', printed: '' };
  const write = (stream: 'out' | 'err') => (text: string) => {
    ran[stream] += text;
    ran.printed += text;
  };
  ran.code = await run(args, {
    env,
    interactive: onTerminal !== undefined,
    out: onTerminal ?? write('out'),
    err: write('err'),
    readStdin: () => Promise.resolve(Buffer.from(stdin)),
  });
  return ran;
}

/** `number-orders` as an operator beside a stand would type it. */
export function commandLine(stand: OrderStand) {
  return (args: string[], { env, ...rest }: Surroundings = {}): Promise<Ran> =>
    typed(args, {
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
      ...rest,
    });
}
