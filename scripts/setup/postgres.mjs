import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './run.mjs';

// Where Debian and its like keep it, out of PATH: one folder a version.
const VERSIONS = '/usr/lib/postgresql';

/** The PostgreSQL that `npm run cluster` keeps Temporal's state in. Never installed here: its packages start a server of their own. */
export const postgres = {
  title: 'PostgreSQL',
  name: 'postgres',
  variable: 'NUMBER_ORDERS_POSTGRES',
  sources: [{ name: VERSIONS, get: newestOfDebian }],
  remedy:
    'Install PostgreSQL 12 or newer (Debian, Ubuntu: `apt-get install postgresql`) and run this again, or name its ' +
    '`postgres` executable, with `initdb` beside it, in NUMBER_ORDERS_POSTGRES.',
};

async function newestOfDebian() {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
  const servers = versions
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(VERSIONS, version, 'bin/postgres'))
    .filter((path) => existsSync(path));
  if (!servers[0]) throw new SetupError('not installed there');
  return servers[0];
}
