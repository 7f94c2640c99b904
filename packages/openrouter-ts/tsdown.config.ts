import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Rolldown } from 'tsdown';

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

const errorFiles = readdirSync(new URL('errors/', sources))
  .filter((name) => !name.includes('.test'))
  .map((name) => `errors/${name}`);

/**
 * A file takes longer to open than to read: what every program loads is in one, and so is each of the parts that it may come to need.
 * What two of them share is in the first of them.
 */
const chunks: readonly (readonly [name: string, ...beginnings: string[]])[] = [
  // What the platforms need when they are loaded, which is before the core: it imports them.
  ['base', 'errors/open-router-error.ts', 'errors/config-error.ts', 'http/read-context.ts', 'util/json.ts'],
  ['core', 'client/open-router.ts'],
  // What the platforms need at once that have no disk to load it from.
  ['losses', 'http/plain-losses.ts'],
  // Whoever names the class of an error has not asked for what makes one of an answer.
  ['errors', ...errorFiles],
  ['failures', 'http/failures.ts'],
  ['streaming', 'streaming/read-chat-stream.ts'],
  ['account', 'resources/account.ts'],
];

const groups = chunks.map(([name, ...beginnings]) => {
  const files = new Set(beginnings.flatMap((file) => [...loadedWith(new URL(file, sources))]));
  return { name, files };
});

/**
 * Writes the main entry so that what is loaded on demand is not loaded for having a name there. A bundler that splits code (esbuild does) takes
 * all that a file it needs exports by name for needed, if something else needs it too. So the names are in two files: those of the core, and the others.
 */
const splitMainEntry: Rolldown.Plugin = {
  name: 'split-main-entry',
  generateBundle(_options, bundle) {
    const entry = bundle['index.js'];
    if (entry?.type !== 'chunk') return;
    const files: Record<string, string> = { 'shared/main.js': '', 'shared/others.js': '' };
    for (const [, names, file] of entry.code.matchAll(/^import (\{.+?\}) from "\.\/shared\/(.+?)";$/gm))
      files[file === 'core.js' ? 'shared/main.js' : 'shared/others.js'] += `export ${names} from "./${file}";\n`;
    for (const [fileName, source] of Object.entries(files)) this.emitFile({ type: 'asset', fileName, source });
    entry.code = Object.keys(files)
      .map((file) => `export * from "./${file}";\n`)
      .join('');
  },
};

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
  plugins: [splitMainEntry],
  checks: { legacyCjs: false },
  outputOptions: (options, format) => ({
    ...options,
    codeSplitting: {
      groups: groups.map(({ name, files }, index) => ({
        name,
        priority: chunks.length - index,
        test: (id) => files.has(id),
      })),
    },
    chunkFileNames: `shared/[name].${format === 'cjs' ? 'cjs' : 'js'}`,
  }),
});
