import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const library = fileURLToPath(new URL('packages/openrouter-ts/src', import.meta.url));

const slow = '**/*.slow.test.ts';
const packaged = 'packages/*/tests/package/**/*.test.ts';
const live = 'packages/*/tests/live/**/*.test.ts';

/** One mode a suite: `vitest run` is the fast one, `--mode slow` and so on are the others. */
const suites: Readonly<Record<string, { readonly include: string[]; readonly exclude: string[] }>> = {
  test: {
    include: ['packages/*/{src,tests}/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: [slow, packaged, live],
  },
  slow: { include: [slow], exclude: ['**/node_modules/**'] },
  package: { include: [packaged], exclude: [] },
  live: { include: [live], exclude: [] },
};

/** Each line and each branch of these folders is run by a test. */
const coreLayers =
  'packages/openrouter-ts/src/{util,wire,errors,telemetry,http,streaming,pipeline,cost,resilience,resources,catalogue,platform,client}/**';

export default defineConfig(({ mode }) => {
  if (mode !== 'live') forgetTheUsersSettings();
  return {
    resolve: {
      // The tests of the package see what a user sees; all others see the sources, so that they need no build.
      alias:
        mode === 'package'
          ? []
          : [
              { find: '#platform', replacement: `${library}/platform/node.ts` },
              { find: /^openrouter-ts$/, replacement: `${library}/index.ts` },
              { find: /^openrouter-ts\/(.+)$/, replacement: `${library}/$1/index.ts` },
            ],
    },
    test: {
      ...(suites[mode] ?? suites['test']),
      testTimeout: mode === 'test' ? 10_000 : 300_000,
      hookTimeout: mode === 'test' ? 10_000 : 300_000,
      unstubEnvs: true,
      unstubGlobals: true,
      restoreMocks: true,
      coverage: {
        provider: 'v8',
        include: ['packages/*/src/**/*.ts'],
        exclude: ['**/*.test.ts', '**/*.test-d.ts'],
        reporter: ['lcov', 'html', 'json-summary'],
        reportOnFailure: true,
        thresholds: {
          lines: 90,
          branches: 90,
          functions: 90,
          statements: 90,
          [coreLayers]: { lines: 100, branches: 100 },
        },
      },
    },
  };
});

/** A key in the environment must not make a test talk to the real API, nor a setting change what it sees. */
function forgetTheUsersSettings(): void {
  for (const name of Object.keys(process.env)) {
    if (/^(?:(?:OPENROUTER|ORC)_|(?:NO|FORCE)_COLOR$)/.test(name)) Reflect.deleteProperty(process.env, name);
  }
}
