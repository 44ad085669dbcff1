import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

it('npx runs the command after every build, though npm makes it executable only once', () => {
  // As `npm run build` leaves it; `npm test` builds first.
  expect(() => accessSync(join(__dirname, '../../dist/src/cli/main.js'), constants.X_OK)).not.toThrow();
});
