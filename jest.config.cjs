const compiled = (parser) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', ...parser },
      transform: { react: { runtime: 'automatic', importSource: 'hono/jsx' } },
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Of `npm run test:deploy`, `npm run test:packages` and `npm run test:clients`.
  testPathIgnorePatterns: ['<rootDir>/test/(deploy|packages|clients)/'],
  // Our packages are tested from source: no build is needed, and none can be stale.
  moduleNameMapper: { '^@number-orders/contract$': '<rootDir>/packages/contract/src' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/packages/[^/]+/dist/', '<rootDir>/.number-orders/'],
  transform: {
    '^.+\\.ts$': compiled({}),
    '^.+\\.tsx$': compiled({ tsx: true }),
  },
  // One Temporal dev server for the whole run; see test/support/temporal.ts for how a test reaches it.
  globalSetup: '<rootDir>/test/global-setup.ts',
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  reporters: ['default', '<rootDir>/test/support/closing-line-reporter.cjs'],
  // Files mostly wait for servers and timers: with two at once the processor was idle half of the time.
  maxWorkers: 3,
  // Files leave memory behind, and later ones would run slower and slower: a worker that has grown is replaced.
  workerIdleMemoryLimit: '1GB',
  // Nothing here asserts on time; the few tests that do more than others say how long they may take.
  testTimeout: 180_000,
};
