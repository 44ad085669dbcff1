/**
 * Every production package that is installed must have a licence that asks for no more than its notice to be kept:
 * `npm run licences`, about the packages of the folder it runs in.
 */
import { execFileSync } from 'node:child_process';
import satisfies from 'spdx-satisfies';

/** SPDX identifiers. */
const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'ISC',
  'MIT',
  'Unlicense',
];

/** Licences that a package states in its LICENSE file alone. */
const STATED_ELSEWHERE = { unionfs: 'Unlicense' };

const isAllowed = (licence) => {
  try {
    return satisfies(licence, ALLOWED);
  } catch {
    // Not an SPDX expression, such as `SEE LICENSE IN …`.
    return false;
  }
};

const installed = JSON.parse(execFileSync('npm', ['query', ':root *.prod'], { maxBuffer: 64 * 1024 * 1024 }));
const refused = installed
  .map(({ name, version, license = STATED_ELSEWHERE[name] }) => ({ name, version, licence: license ?? 'none stated' }))
  .filter(({ licence }) => !isAllowed(licence));

for (const { name, version, licence } of refused) console.error(`${name} ${version}: ${licence}`);
if (refused.length > 0) {
  console.error(
    'These licences are not among those of scripts/check-licences.mjs: choose other packages, or allow them.',
  );
  process.exitCode = 1;
} else {
  console.log(`${installed.length} production packages, all under licences that are allowed`);
}
