import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

/**
 * Imports a TypeScript file. Node 20 cannot do that by itself; esbuild makes JavaScript of the file and of its relative imports.
 * @param {string} file - its absolute path
 * @returns {Promise<Record<string, unknown>>} its exports
 */
export async function importTypeScript(file) {
  const { build } = await import('esbuild');
  // Below the root, so that packages are found; and so that a stack trace can name the lines of the source.
  const outfile = path.join(root, '.cache', 'typescript', `${path.basename(file, '.ts')}.mjs`);
  process.setSourceMapsEnabled(true);
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'inline',
    tsconfigRaw: '{}',
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
