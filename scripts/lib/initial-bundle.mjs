import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * @typedef {object} BundleSizes
 * @property {number} initial what a program loads before its first call: its own chunk and those that it imports statically, bytes after gzip
 * @property {number} whole everything, with the chunks that are loaded when they are asked for, bytes after gzip
 * @property {(names: readonly string[]) => number} adding what these files add to it, with all that they need, when they are loaded on demand: bytes
 *   after gzip; nothing for those that are not loaded on demand
 */

/**
 * Bundles a program as bundlers do that follow dynamic imports (esbuild, Rollup, Vite, webpack), and weighs it.
 * @param {string} source the program
 * @param {string} resolveDir
 * @param {'node' | 'browser'} platform
 * @returns {Promise<BundleSizes>}
 */
export async function measureBundle(source, resolveDir, platform) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir },
    bundle: true,
    splitting: true,
    outdir: 'out',
    metafile: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform,
    logLevel: 'silent',
    // What counts is what the package says of itself, not a path mapping of this repository.
    tsconfigRaw: '{}',
  });
  const contents = new Map(Object.keys(metafile.outputs).map((name, index) => [name, outputFiles[index].contents]));
  const follow = (name, found) => {
    if (found.has(name) || !contents.has(name)) return found;
    found.add(name);
    for (const { path, kind } of metafile.outputs[name].imports) if (kind === 'import-statement') follow(path, found);
    return found;
  };
  const isLoadedWith = (entry) =>
    Object.keys(metafile.outputs).filter((name) => entry(metafile.outputs[name].entryPoint));
  const [program] = isLoadedWith((entry) => entry === '<stdin>');
  const initial = follow(program, new Set());
  // Together, since most bundlers put what is always needed into one chunk.
  const weigh = (names) => gzipSync(Buffer.concat([...names].map((name) => contents.get(name))), { level: 9 }).length;
  const adding = (names) => {
    const found = new Set(initial);
    for (const name of isLoadedWith((entry) => names.some((file) => entry?.endsWith(`/${file}.js`))))
      follow(name, found);
    return weigh(found) - weigh(initial);
  };
  return { initial: weigh(initial), whole: weigh(contents.keys()), adding };
}
