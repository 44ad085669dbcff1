import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const mayReadEnvironment = [
  'src/config/**',
  'src/cli/**',
  'src/worker.ts',
  'fake-sinch/main.ts',
  'local/**',
  'demo/**',
  'proof/**',
  'scripts/**',
  'docs/upstream/**',
  'test/**',
];
const mayPrint = ['src/cli/**', 'fake-sinch/main.ts', 'local/**', 'demo/**', 'proof/**', 'scripts/**'];

const SHARED_BY_ORDERS = {
  selector: 'Program > VariableDeclaration[kind!="const"]',
  message: 'A module that all orders of a worker share keeps nothing of one.',
};

/**
 * Which rooms of src/workflows assign which fields of the order. The functions of `order` itself may assign any; `main` is
 * number-order.ts. A field with two owners is set by one and cleared, or sent anew, by the other.
 */
const OWNERS = {
  main: ['stage', 'cancel', 'failure'],
  interceptors: ['doubts'],
  batch: [],
  inbox: ['cancel', 'erased', 'ignored', 'kycLinksRevokedAt', 'seenEvents', 'traces', 'waived', 'unconfirmed'],
  stages: [
    ...[
      'availableNumber',
      'compensations',
      'correction',
      'corrections',
      'doubts',
      'knownSince',
      'lostAfterSubmit',
      'notBefore',
    ],
    ...['policy', 'provisioning', 'provisioningUntil', 'requirements', 'reserving', 'retry', 'unconfirmed'],
    'unknownProject',
  ],
  kyc: ['attachments', 'filesStaged', 'profileTaken', 'registration', 'reviewLog'],
  reservation: [
    ...['attachments', 'attempt', 'correction', 'registration', 'renewals', 'reservation', 'reservations', 'reviewLog'],
    'unconfirmed',
  ],
  notifications: ['undelivered'],
  calls: ['compensations'],
  display: [],
};

/** Assigns, deletes, counts or adds to a field of the order that another room owns. */
const ownedByOthers = Object.entries(OWNERS).map(([room, own]) => {
  const owner = '[object.name="order"], [object.property.name="order"]';
  const field = `MemberExpression[property.name=/^(?!(${[...own, '$'].join('|')})$)/]:matches(${owner})`;
  const changes = [
    `AssignmentExpression > ${field}.left`,
    `AssignmentExpression > MemberExpression.left[computed=true] > ${field}.object`,
    `UpdateExpression > ${field}`,
    `UnaryExpression[operator="delete"] > ${field}`,
    `CallExpression > MemberExpression.callee[property.name=/^(push|pop|shift|unshift|splice|sort)$/] > ${field}.object`,
  ];
  const message =
    'Another room owns this field of the order: see OWNERS in eslint.config.mjs, or call a function of its.';
  return {
    files: [room === 'main' ? 'src/workflows/number-order.ts' : `src/workflows/${room}/**`],
    ignores: ['src/workflows/interceptors/current-order.ts'],
    rules: {
      'no-restricted-syntax': ['error', SHARED_BY_ORDERS, ...changes.map((selector) => ({ selector, message }))],
    },
  };
});

export default tseslint.config(
  { ignores: ['**/dist/', 'coverage/', '.number-orders/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Numbers read well in messages; objects, null and undefined do not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // The public contract is told in type aliases (unions beside objects); one form throughout reads easier.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // `||` between booleans and strings says what is meant.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: true }],
      // A type parameter used once still names what the caller gets.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // An implementation of an async port may have nothing to await.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.{ts,tsx,mjs,cjs}'],
    ignores: mayReadEnvironment,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings are read once, by src/config, in the entry points.' },
      ],
    },
  },
  {
    // Message handlers change state between two awaits, which the compiler's narrowing does not see.
    files: ['src/workflows/**'],
    rules: { '@typescript-eslint/no-unnecessary-condition': 'off' },
  },
  {
    files: ['src/workflows/**'],
    ignores: ['src/workflows/calls/{until,local-activity}.ts', 'src/workflows/interceptors/watch-calls.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: '@temporalio/workflow',
          importNames: ['condition'],
          message: 'Wait by `until` of calls/until.ts: see docs/decisions/0011-whole-tasks.md.',
        },
      ],
    },
  },
  {
    // All orders of a worker share these modules: see ONE_FOR_EACH_ORDER in src/worker/workflow-code.ts.
    files: ['src/workflows/**', 'packages/contract/**', 'src/requirements/**', 'src/data-converter/**'],
    ignores: ['src/workflows/interceptors/current-order.ts'],
    rules: {
      'no-restricted-syntax': ['error', SHARED_BY_ORDERS],
    },
  },
  {
    files: ['src/{activities,client,cli,intake}/**'],
    ignores: ['src/cli/commands/follow.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "BinaryExpression[right.value='RUNNING']",
          message: 'A run that an operator has paused is open too: ask isOpenRun of the contract.',
        },
      ],
    },
  },
  ...ownedByOthers,
  {
    files: ['test/**'],
    rules: {
      // Jest types its asymmetric matchers, such as expect.any(String), as any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // What is not there where a test expects it fails that test, as it should.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['test/**'],
    ignores: ['test/support/fast-check.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { name: 'fast-check', message: 'Draw by test/support/fast-check.ts, whose seed is the same each time.' },
      ],
    },
  },
  { files: ['**/*.{ts,tsx}'], ignores: [...mayPrint, 'test/**'], rules: { 'no-console': 'error' } },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'module', 'require', '__filename', 'setTimeout', 'setInterval', 'clearInterval'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
  },
  {
    // Runs in browsers, as it stands.
    files: ['src/intake/page/assets/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: Object.fromEntries(
        ['document', 'history', 'navigator', 'setInterval', 'DOMParser', 'FormData', 'XMLHttpRequest'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
);
