const source = 'packages/openrouter-ts/src';

/** The library's folders from bottom to top: each may import only from those before it. */
const layers = [
  'util',
  'wire',
  'errors',
  'telemetry',
  'http',
  'streaming',
  'pipeline',
  'cost',
  'resilience',
  'resources',
  'catalogue',
  'platform',
  'client',
  'structured-output',
  'tools',
  'conversation',
  'batch',
];

/** Entries of their own beside `index.ts`: each stands on the library, and on none of the others. */
const satellites = ['testing', 'config', 'sync', 'otel', 'redis'];

/** The sources that may use Node's built-in modules. */
const nodeOnly = `^${source}/(?:platform/node|testing/server/|config/|sync/|redis/)`;

const test = String.raw`\.test(-d)?\.ts$`;

const layerRules = layers.map((layer, index) => ({
  name: `layer-${layer}`,
  comment: `${layer}/ may import only from the layers below it: ${['itself', ...layers.slice(0, index)].join(', ')}.`,
  severity: 'error',
  from: { path: `^${source}/${layer}/`, pathNot: test },
  to: { path: `^${source}/`, pathNot: `^${source}/(?:${layers.slice(0, index + 1).join('|')})/` },
}));

const satelliteRules = satellites.map((satellite) => ({
  name: `entry-${satellite}`,
  comment: `${satellite}/ is an entry of its own: it may import what is below it, but no other such entry.`,
  severity: 'error',
  from: { path: `^${source}/${satellite}/`, pathNot: test },
  to: { path: `^${source}/(?:${satellites.filter((other) => other !== satellite).join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...satelliteRules,
    {
      name: 'index-takes-no-entry',
      comment: 'What has an entry of its own is not part of the main one.',
      severity: 'error',
      from: { path: `^${source}/index\\.ts$` },
      to: { path: `^${source}/(?:${satellites.join('|')})/` },
    },
    {
      name: 'known-folders',
      comment: 'Each folder of the library has its place in the list of layers above.',
      severity: 'error',
      from: { path: `^${source}/[^/]+/`, pathNot: `^${source}/(?:${[...layers, ...satellites].join('|')})/` },
      to: {},
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other, if only their types, are one concept or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-node-in-the-core',
      comment: 'The core runs in browsers and Workers too: what needs Node goes through #platform.',
      severity: 'error',
      from: { path: `^${source}/`, pathNot: [nodeOnly, test] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-dependencies',
      comment: 'The library brings nothing along: its only packages are those that its tests use.',
      severity: 'error',
      from: { path: `^${source}/`, pathNot: test },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown'],
        pathNot: 'node_modules/@opentelemetry/api/',
      },
    },
    {
      name: 'no-tests-in-sources',
      comment: 'What ships does not import tests.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: test },
      to: { path: `${test}|^packages/[^/]+/tests/` },
    },
    {
      name: 'public-surface-only',
      comment: 'The chat and the examples use what a user can use: the entries of the library.',
      severity: 'error',
      from: { path: '^(?:packages/openrouter-chat|examples)/' },
      to: {
        path: '^packages/openrouter-ts/',
        pathNot: `^${source}/(?:(?:cost|${satellites.join('|')}|testing/server)/)?index\\.ts$`,
      },
    },
    {
      name: 'library-stands-alone',
      comment: 'The library knows neither the chat nor the examples.',
      severity: 'error',
      from: { path: '^packages/openrouter-ts/' },
      to: { path: '^(?:packages/openrouter-chat|examples)/' },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere is checked by no other rule.',
      severity: 'error',
      from: { pathNot: '/fixtures/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
    doNotFollow: { path: ['node_modules', 'dist'] },
    exclude: { path: ['(?:^|/)dist/', '(?:^|/)coverage/', 'tsdown\\.config\\.ts$', '/fixtures/', '/tests/package/'] },
  },
};
