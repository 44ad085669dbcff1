import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { OPERATIONS } from '../../fake-sinch/faults';
import { DEFAULT_SETTINGS } from '../../fake-sinch/settings';

const page = readFileSync(join(__dirname, '../../docs/fake-sinch.md'), 'utf8');

test.each(Object.entries(DEFAULT_SETTINGS))(
  'docs/fake-sinch.md tells the setting %s and its default',
  (name, value) => {
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` +\\| \`${value}\` +\\|`, 'm'));
  },
);

test.each(OPERATIONS)('docs/fake-sinch.md tells the operation %s', (operation) => {
  expect(page).toContain(`\`${operation}\``);
});
