import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * @typedef {object} BundleSizes
 * @property {number} initial what a program loads before its first call: its own chunk and those that it imports statically, bytes after gzip
 * @property {number} whole everything, with the chunks that are loaded when they are asked for, bytes after gzip
 */

/**
 * Bundles a program as bundlers do that follow dynamic imports (esbuild, Rollup, Vite, webpack), and weighs it.
 * @param {string} program
 * @param {string} resolveDir
 * @param {'node' | 'browser'} platform
 * @returns {Promise<BundleSizes>}
 */
export async function measureBundle(program, resolveDir, platform) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir },
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
  const initial = new Set();
  const follow = (name) => {
    if (initial.has(name) || !contents.has(name)) return;
    initial.add(name);
    for (const { path, kind } of metafile.outputs[name].imports) if (kind === 'import-statement') follow(path);
  };
  follow(Object.keys(metafile.outputs).find((name) => metafile.outputs[name].entryPoint === '<stdin>'));
  // Together, since most bundlers put what is always needed into one chunk.
  const weigh = (names) => gzipSync(Buffer.concat([...names].map((name) => contents.get(name))), { level: 9 }).length;
  return { initial: weigh(initial), whole: weigh(contents.keys()) };
}
