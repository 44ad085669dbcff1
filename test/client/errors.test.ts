import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as errors from '../../src/client/errors';

const page = readFileSync(join(__dirname, '../../packages/client/README.md'), 'utf8');

it.each(Object.keys(errors))('a developer finds %s on the page of the client, and what to do about it', (name) => {
  expect(page).toContain(`\`${name}\``);
});
