import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly import: { readonly default: string } }>>;
}

const manifest: Manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** `testing/index` for `./dist/testing/index.js`: what package.json exports is what is built. */
const publicEntries = Object.values(manifest.exports).flatMap((target) =>
  typeof target === 'string' ? [] : [target.import.default.replace(/^\.\/dist\/(.*)\.js$/, '$1')],
);

const sources = new URL('src/', import.meta.url);

/** Finds what is loaded with a module: what it imports, and what that imports, but for types and for what is imported when it is asked for. */
function loadedWith(file: URL, found: Set<string> = new Set()): Set<string> {
  const path = fileURLToPath(file);
  if (found.has(path)) return found;
  found.add(path);
  for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )[^;]*?from '(\.[^']+)';/gm,
  ))
    loadedWith(new URL(specifier, file), found);
  return found;
}

/** A file takes longer to open than to read: what every program loads is in one. */
const core = loadedWith(new URL('index.ts', sources));

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
    codeSplitting: { groups: [{ name: 'core', test: (id) => core.has(id) }] },
    chunkFileNames: `shared/[name].${format === 'cjs' ? 'cjs' : 'js'}`,
  }),
});
