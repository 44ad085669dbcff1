const base = require('./jest.config.cjs');

/**
 * `npm run test:clients`: has the tests of each client in another language run in that language, against one stand, which brings
 * its own Temporal server. Apart from `npm test`, for they need those languages and their registries.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/clients/**/*.test.ts'],
  testPathIgnorePatterns: [],
  globalSetup: undefined,
  globalTeardown: undefined,
};
