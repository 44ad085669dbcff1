const base = require('./jest.config.cjs');

/**
 * `npm run test:packages`: packs our packages, installs them into fresh projects, and uses them there. Apart from `npm test`, for it
 * needs the registry.
 *
 * @type {import('jest').Config}
 */
module.exports = { ...base, testMatch: ['<rootDir>/test/packages/**/*.test.ts'], testPathIgnorePatterns: [] };
