import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const library = fileURLToPath(new URL('../packages/openrouter-ts/src', import.meta.url));

/** The unit tests of the mutated layers: the suites over whole calls would run for every mutant, and take minutes each. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: {
    alias: [
      { find: '#platform', replacement: `${library}/platform/node.ts` },
      { find: /^openrouter-ts$/, replacement: `${library}/index.ts` },
      { find: /^openrouter-ts\/(.+)$/, replacement: `${library}/$1/index.ts` },
    ],
  },
  test: {
    include: ['packages/openrouter-ts/src/{errors,http,streaming}/**/*.test.ts'],
    setupFiles: [fileURLToPath(new URL('fewer-runs.ts', import.meta.url))],
    testTimeout: 10_000,
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
  },
});
