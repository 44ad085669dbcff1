/** Does what tsc leaves undone: copies the files that the intake serves as they stand, and makes the command executable. */
import { chmodSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup/paths.mjs';

const ASSETS = 'src/intake/page/assets';

cpSync(join(root, ASSETS), join(root, 'dist', ASSETS), { recursive: true });
// npx does so too, but only the first time.
chmodSync(join(root, 'dist/src/cli/main.js'), 0o755);
