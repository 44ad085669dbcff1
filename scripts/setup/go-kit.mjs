import { join } from 'node:path';
import { root } from './paths.mjs';
import { SetupError, run } from './run.mjs';

/** The Go that builds clients/go. `npm run test:clients` alone needs it. */
export const go = {
  title: 'Go',
  name: 'go',
  variable: 'NUMBER_ORDERS_GO',
  sources: [],
  remedy: 'Install Go 1.26 or newer and run this again, or name its go in NUMBER_ORDERS_GO.',
};

/** Downloads what clients/go needs and compiles its tests, which takes minutes where nothing is cached. */
export async function prepareGoKit(command) {
  try {
    const compile = ['test', '-run', '^$', './...'];
    await run(command, compile, { name: 'go kit', cwd: join(root, 'clients/go'), env: { GOWORK: 'off' } });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    throw new SetupError(
      `${error.message}\nSee that Go is 1.26 or newer and reaches a module proxy (GOPROXY) or a module cache that has what ` +
        'clients/go/go.sum names (GOMODCACHE), and run this again.',
    );
  }
}
