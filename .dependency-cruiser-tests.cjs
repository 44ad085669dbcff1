const { testPathIgnorePatterns } = require('./jest.unit.config.cjs');

/** Tests: those of `npm run test:unit` run without Temporal, on another version of Node. */
module.exports = {
  forbidden: [
    {
      name: 'unit-tests-need-no-server',
      comment: 'Name the test in jest.unit.config.cjs, among those that are left out.',
      severity: 'error',
      from: {
        path: '^test/.*\\.test\\.ts$',
        pathNot: testPathIgnorePatterns.map((pattern) => pattern.replace(/^\//, '^')),
      },
      to: { path: '^test/support/temporal\\.ts$', reachable: true },
    },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsConfig: { fileName: 'tsconfig.json' } },
};
