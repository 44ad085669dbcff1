import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `npm run setup` found: paths of the executables. */
interface Tools {
  temporal: string;
  testServer: string;
  /** These are absent where none could be had. */
  s3Server?: string;
  dockerCompose?: string;
  browser?: string;
  /** These `npm run test:deploy` alone has looked for. */
  helm?: string;
  kubernetesValidate?: string;
  /** These `npm run test:clients`. */
  pythonKit?: string;
  go?: string;
  maven?: string;
}

const toolsFile = join(__dirname, '../../.number-orders/tools.json');

/** Reads the paths that the set-up wrote; `npm test` runs it first, plain `npx jest` needs it to have run once. */
export function tools(): Tools {
  try {
    return JSON.parse(readFileSync(toolsFile, 'utf8')) as Tools;
  } catch (cause) {
    throw new Error('.number-orders/tools.json cannot be read. Run `npm run setup` first.', { cause });
  }
}
