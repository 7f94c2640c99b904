import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The program as one could run it, made from the sources as they are. */
export interface BuiltCli {
  /** The file to run. */
  readonly file: string;
  readonly remove: () => Promise<void>;
}

/** Bundles the sources, so that a test needs no build, and never meets an old one. */
export async function buildCli(): Promise<BuiltCli> {
  const folder = await mkdtemp(path.join(tmpdir(), 'orc-cli-'));
  await build({
    entryPoints: [fileURLToPath(new URL('../../src/cli.ts', import.meta.url))],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // commander is CommonJS, and asks for Node's own modules in its way.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return { file: path.join(folder, 'cli.mjs'), remove: () => rm(folder, { recursive: true, force: true }) };
}
