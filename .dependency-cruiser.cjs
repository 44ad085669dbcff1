/**
 * Code that is bundled into the workflow sandbox, which has no Node. It may import itself, the contract and two of
 * Temporal's packages; as the contract imports nothing, nothing else can be reached from it on any way round either.
 */
const SANDBOXED = [
  '^src/workflows/',
  '^src/requirements/(required|check-attachment|ordered-number)\\.ts$',
  '^src/data-converter/(payload-converter|(encrypted-)?failure-converter|undecodable|unencrypted|well-formed)\\.ts$',
];

/**
 * What each folder may import of ours; `types`: by `import type` alone. ARCHITECTURE.md prints this list, and
 * test/tooling/boundaries.test.ts tries each pair. `src` without a folder stands for all of them.
 */
const FOLDERS = {
  'packages/contract': [],
  'src/requirements': ['packages/contract'],
  'src/workflows': ['packages/contract', 'src/requirements', 'src/data-converter', 'src/activities (types)'],
  'src/activities': ['packages/contract', 'src/requirements', 'src/sinch', 'src/store', 'src/notifications'],
  'src/sinch': ['packages/contract'],
  'src/store': ['packages/contract', 'src/data-converter (types)'],
  'src/notifications': ['packages/contract'],
  'src/callbacks': ['packages/contract', 'src/http'],
  'src/data-converter': ['packages/contract'],
  'src/codec-server': ['src/data-converter', 'src/http'],
  'src/intake': [
    'packages/contract',
    'src/requirements',
    'src/client',
    'src/store',
    'src/data-converter',
    'src/http',
    'src/config (types)',
  ],
  'src/nexus': ['packages/contract', 'src/client', 'src/data-converter', 'src/store (types)'],
  'src/http': [],
  'src/logging': ['src/config (types)'],
  'src/client': ['packages/contract', 'src/requirements', 'src/store', 'src/data-converter', 'src/config'],
  'src/config': ['packages/contract', 'src/data-converter', 'src/store', 'src/activities (types)'],
  'src/worker': [
    'packages/contract',
    'src/activities',
    'src/callbacks',
    'src/client',
    'src/config',
    'src/data-converter',
    'src/http',
    'src/intake',
    'src/logging',
    'src/nexus',
    'src/notifications',
    'src/sinch',
    'src/store',
    'src/workflows (types)',
  ],
  'src/cli': ['packages/contract', 'src'],
  'fake-sinch': [],
  local: ['fake-sinch (types)'],
  demo: ['packages/contract', 'src', 'local', 'fake-sinch (types)'],
  proof: ['packages/contract', 'src', 'local', 'demo', 'fake-sinch'],
};
const OURS = '^(src|packages|fake-sinch|local|demo|proof|test|scripts)/';

/** A folder, and what stands beside it under its name: src/worker.ts belongs to src/worker. */
const within = (folder) => `^${folder}(/|\\.ts$)`;

const foldersKeepToTheirLists = Object.entries(FOLDERS).flatMap(([folder, entries]) => {
  const typesOnly = entries.filter((entry) => entry.endsWith(' (types)')).map((entry) => within(entry.slice(0, -8)));
  const allowed = entries.map((entry) => within(entry.replace(' (types)', '')));
  const from = { path: within(folder) };
  const comment = 'ARCHITECTURE.md says what each folder may import.';
  return [
    {
      name: `imports-of-${folder}`,
      comment,
      severity: 'error',
      from,
      to: { path: OURS, pathNot: [within(folder), ...allowed] },
    },
    ...(typesOnly.length > 0
      ? [
          {
            name: `types-alone-in-${folder}`,
            comment,
            severity: 'error',
            from,
            to: { path: typesOnly, dependencyTypesNot: ['type-only'] },
          },
        ]
      : []),
  ];
});

/** The rooms of the workflow, each of which may import those after it. */
const ROOMS = [
  'interceptors',
  'batch',
  'inbox',
  'stages',
  'kyc',
  'reservation',
  'notifications',
  'calls',
  'display',
  'order',
];

/** See ONE_FOR_EACH_ORDER in src/worker/workflow-code.ts. */
const ONE_FOR_EACH_ORDER = '^src/workflows/(index\\.ts$|number-order\\.ts$|interceptors/)';

/**
 * What may import what. ARCHITECTURE.md tells why; `npm run boundaries` and test/tooling/boundaries.test.ts hold it.
 * `dependencyTypesNot: ['type-only']` lets through imports that are gone once compiled.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    ...foldersKeepToTheirLists,
    {
      name: 'contract-stands-alone',
      comment: 'Other services import the contract; it must bring nothing along.',
      severity: 'error',
      from: { path: '^packages/contract/' },
      to: { pathNot: '^packages/contract/' },
    },
    {
      name: 'requirements-are-pure',
      comment: 'The same evaluation runs in client, CLI and worker: no I/O, and the contract is all it knows.',
      severity: 'error',
      from: { path: '^src/requirements/' },
      to: { pathNot: ['^src/requirements/', '^packages/contract/', '(^|/)node_modules/re2js/'] },
    },
    {
      name: 'sandboxed-code-stays-in-the-sandbox',
      comment: 'Anything more is loaded into every cached workflow, or is missing there altogether.',
      severity: 'error',
      from: { path: SANDBOXED },
      to: {
        pathNot: [
          ...SANDBOXED,
          '^packages/contract/',
          '^src/activities/', // by type only: see FOLDERS
          '(^|/)node_modules/@temporalio/(workflow|common)/',
        ],
      },
    },
    {
      name: 'shared-by-all-orders',
      comment: 'All orders of a worker share these modules, so none may reach one that keeps something of an order.',
      severity: 'error',
      from: { path: '^src/workflows/', pathNot: ONE_FOR_EACH_ORDER },
      to: { path: ONE_FOR_EACH_ORDER },
    },
    ...ROOMS.slice(1).map((room, below) => ({
      name: `rooms-below-${room}`,
      comment: 'Between the rooms of the workflow imports point one way; stages and kyc do not know each other.',
      severity: 'error',
      from: { path: `^src/workflows/${room}/` },
      to: { path: `^src/workflows/(${ROOMS.slice(0, below + 1).join('|')})/` },
    })),
    {
      name: 'stages-and-kyc-apart',
      comment: 'A stage waits for what the KYC room has done; it never sends KYC itself.',
      severity: 'error',
      from: { path: '^src/workflows/stages/' },
      to: { path: '^src/workflows/kyc/' },
    },
    {
      name: 'sinch-client-knows-sinch-alone',
      comment: 'The client of a vendor could be a package of its own; of our names it uses the failure registry.',
      severity: 'error',
      from: { path: '^src/sinch/' },
      to: { path: '(^|/)node_modules/@temporalio/' },
    },
    {
      name: 'settings-enter-at-the-entry-points',
      comment:
        'Read once and handed on as values; other rooms may name its types. The client hands its reader to its users.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(config|cli)/', '^src/worker\\.ts$', '^src/client/index\\.ts$'] },
      to: { path: '^src/config/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-development-packages',
      comment: 'Packages of devDependencies are absent where this is deployed.',
      severity: 'error',
      from: { path: '^(src|fake-sinch)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'A package that only another package asked for can vanish with its next version.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'A path that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-circular',
      comment: 'Two modules that need each other are one, or a third is missing between them.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nothing imports and that imports nothing is left over.',
      severity: 'error',
      // Assets are served as they stand.
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/intake/page/assets/'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Compiled from what is looked at already.
    exclude: { path: '^packages/[^/]+/dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Sees imports before compilation: type-only ones are there, and marked so.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
