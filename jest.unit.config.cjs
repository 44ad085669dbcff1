const base = require('./jest.config.cjs');

/**
 * `npm run test:unit`: the tests that need neither a server of Temporal's nor a build, a matter of seconds. CI runs them on
 * another version of Node as well, and there the replay of recorded histories too. What is left out is named, so that a new test is among them unless it cannot be.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...base,
  globalSetup: undefined,
  globalTeardown: undefined,
  testPathIgnorePatterns: [
    '/test/(cli|client|clients|demo|deploy|model|monitoring|nexus|packages|privacy|telemetry|tooling|ui|workflows)/',
    '/test/callbacks/end-to-end',
    '/test/codec-server/temporal-cli',
    '/test/contract/answers',
    '/test/data-converter/(key-source|payload-converter)',
    '/test/intake/(api|batch-report|faults|http|kyc-url|page|person|profile|rotated-keys)',
    '/test/replay/',
    '/test/store/(memory|s3-store|sweep)',
    '/test/worker/(?!shared-modules)',
  ],
};
