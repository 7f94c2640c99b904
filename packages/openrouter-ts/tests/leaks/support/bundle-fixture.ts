import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** A program on the disk. */
export interface Bundle {
  readonly program: string;
  readonly remove: () => Promise<void>;
}

/** Makes a program of a fixture, as a user's would be: one bundle, for which no build of the package is needed. */
export async function bundleFixture(name: string): Promise<Bundle> {
  const folder = await mkdtemp(path.join(tmpdir(), 'openrouter-ts-leaks-'));
  const program = path.join(folder, `${name}.mjs`);
  const platform = fileURLToPath(new URL('../../../src/platform/node.ts', import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL(`../fixtures/${name}.ts`, import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    tsconfigRaw: '{}',
    plugins: [
      {
        name: 'platform',
        setup: (esbuild) => esbuild.onResolve({ filter: /^#platform$/ }, () => ({ path: platform })),
      },
    ],
  });
  return { program, remove: () => rm(folder, { recursive: true, force: true }) };
}
