const base = require('./jest.config.cjs');

/**
 * `npm run test:deploy`: holds the Helm chart to Helm itself and to the schemas of Kubernetes, and starts what it renders. Apart
 * from `npm test`, for its tools take minutes to build.
 *
 * @type {import('jest').Config}
 */
module.exports = { ...base, testMatch: ['<rootDir>/test/deploy/**/*.test.ts'], testPathIgnorePatterns: [] };
