import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsdown';

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly import: { readonly default: string } }>>;
}

const manifest: Manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** `testing/index` for `./dist/testing/index.js`: what package.json exports is what is built. */
const publicEntries = Object.values(manifest.exports).flatMap((target) =>
  typeof target === 'string' ? [] : [target.import.default.replace(/^\.\/dist\/(.*)\.js$/, '$1')],
);

export default defineConfig({
  entry: Object.fromEntries(
    [...publicEntries, 'platform/node', 'platform/neutral'].map((name) => [name, `src/${name}.ts`]),
  ),
  format: ['esm', 'cjs'],
  // Which platform it is, is decided where the package is used: by the "imports" of package.json.
  deps: { neverBundle: ['#platform'] },
  target: 'es2022',
  platform: 'node',
  fixedExtension: false,
  dts: true,
  hash: false,
  report: false,
  checks: { legacyCjs: false },
  outputOptions: (options, format) => ({
    ...options,
    chunkFileNames: `shared/[name].${format === 'cjs' ? 'cjs' : 'js'}`,
  }),
});
