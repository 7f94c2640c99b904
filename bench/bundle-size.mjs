import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * @typedef {object} BundleSize
 * @property {number | null} nodeKb for Node, kB (1,000 bytes) after gzip; `null` when it cannot be bundled
 * @property {number | null} browserKb for browsers and runtimes like them, likewise
 */

/**
 * @param {string} program
 * @param {'node' | 'browser'} platform
 * @returns {Promise<number | null>}
 */
async function gzippedKb(program, platform) {
  const options = optionsFor(program, platform);
  try {
    const { outputFiles } = await build(options);
    return gzipSync(outputFiles[0].contents, { level: 9 }).length / 1000;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return null;
  }
}

/**
 * @param {string} program
 * @param {'node' | 'browser'} platform
 * @returns {import('esbuild').BuildOptions & { write: false }}
 */
function optionsFor(program, platform) {
  return {
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform,
    logLevel: 'silent',
    // What counts is what the package says of itself, not a path mapping of this repository.
    tsconfigRaw: '{}',
  };
}

/**
 * How much of each client is left in the bundle of a program that makes one chat call.
 * @param {readonly import('./clients/index.mjs').Candidate[]} clients
 * @returns {Promise<Record<string, BundleSize>>}
 */
export async function measureBundles(clients) {
  /** @type {Record<string, BundleSize>} */
  const sizes = {};
  for (const { id, chatCall } of clients) {
    if (chatCall)
      sizes[id] = { nodeKb: await gzippedKb(chatCall, 'node'), browserKb: await gzippedKb(chatCall, 'browser') };
  }
  return sizes;
}
