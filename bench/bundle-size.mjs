import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * @typedef {object} BundleSize
 * @property {number} nodeKb for Node, kB (1,000 bytes) after gzip
 * @property {number} browserKb for browsers and runtimes like them, kB after gzip
 */

/**
 * @param {string} program
 * @param {'node' | 'browser'} platform
 */
async function gzippedKb(program, platform) {
  const result = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform,
    logLevel: 'silent',
  });
  return gzipSync(result.outputFiles[0].contents, { level: 9 }).length / 1000;
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
