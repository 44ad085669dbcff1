/** Copies what tsc leaves behind: files that the intake serves as they stand. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup/paths.mjs';

const ASSETS = 'src/intake/page/assets';

cpSync(join(root, ASSETS), join(root, 'dist', ASSETS), { recursive: true });
