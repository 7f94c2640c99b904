import { fileURLToPath } from 'node:url';
import { measureBundle } from '../scripts/lib/initial-bundle.mjs';

/**
 * @typedef {object} BundleSize
 * @property {number | null} nodeKb for Node, kB (1,000 bytes) after gzip; `null` when it cannot be bundled
 * @property {number | null} browserKb for browsers and runtimes like them, likewise
 */

/**
 * What a program loads before its first call: what is imported dynamically is not in it, whoever's it is.
 * @param {string} program
 * @param {'node' | 'browser'} platform
 * @returns {Promise<number | null>}
 */
async function gzippedKb(program, platform) {
  try {
    const { initial } = await measureBundle(program, fileURLToPath(new URL('.', import.meta.url)), platform);
    return initial / 1000;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return null;
  }
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
