import { fileURLToPath } from 'node:url';
import { measureBundle } from '../scripts/lib/initial-bundle.mjs';

/**
 * @typedef {object} BundleSize what a program loads, kB (1,000 bytes) after gzip
 * @property {number} initialKb before its first call
 * @property {number} streamKb what its first stream adds
 * @property {number} failureKb what its first failure adds
 * @property {number} wholeKb everything that it might ever load
 */

/** @typedef {Record<'node' | 'browser', BundleSize | null>} BundleSizes `null` where it cannot be bundled */

/** What openrouter-ts loads with a first stream and with a first failure; the other clients load nothing then. */
const STREAM = ['shared/streaming'];
const FAILURE = ['shared/failures', 'shared/course'];

/**
 * Bundles a program: what is imported dynamically is not in what it loads before its first call, whoever's it is.
 * @param {string} program
 * @param {'node' | 'browser'} platform
 * @returns {Promise<BundleSize | null>}
 */
async function gzippedKb(program, platform) {
  try {
    const folder = fileURLToPath(new URL('.', import.meta.url));
    const { initial, whole, adding } = await measureBundle(program, folder, platform);
    return {
      initialKb: initial / 1000,
      streamKb: adding(STREAM) / 1000,
      failureKb: adding(FAILURE) / 1000,
      wholeKb: whole / 1000,
    };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return null;
  }
}

/**
 * How much of each client is left in the bundle of a program that makes one chat call.
 * @param {readonly import('./clients/index.mjs').Candidate[]} clients
 * @returns {Promise<Record<string, BundleSizes>>}
 */
export async function measureBundles(clients) {
  /** @type {Record<string, BundleSizes>} */
  const sizes = {};
  for (const { id, chatCall } of clients) {
    if (chatCall)
      sizes[id] = { node: await gzippedKb(chatCall, 'node'), browser: await gzippedKb(chatCall, 'browser') };
  }
  return sizes;
}
