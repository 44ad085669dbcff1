import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { OPERATIONS } from '../../fake-sinch/faults';
import { attachmentsOf } from '../../fake-sinch/requirements';
import { BUILT_IN_REQUIREMENTS } from '../../fake-sinch/requirements-data';
import { DEFAULT_SETTINGS } from '../../fake-sinch/settings';

const page = readFileSync(join(__dirname, '../../docs/fake-sinch.md'), 'utf8');

test.each(Object.entries(DEFAULT_SETTINGS))(
  'docs/fake-sinch.md describes the setting %s and its default',
  (name, value) => {
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` +\\| \`${value}\` +\\|`, 'm'));
  },
);

test.each(OPERATIONS)('docs/fake-sinch.md describes the operation %s', (operation) => {
  expect(page).toContain(`\`${operation}\``);
});

test.each(Object.values(BUILT_IN_REQUIREMENTS).flatMap(attachmentsOf))(
  'docs/fake-sinch.md describes the document $id and its title',
  ({ id, title }) => {
    expect(page).toMatch(new RegExp(`\\| \`${id}\` +\\| ${title} +\\|`));
  },
);
