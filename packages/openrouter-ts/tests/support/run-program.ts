import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { onTestFinished } from 'vitest';

const sources = fileURLToPath(new URL('../../src', import.meta.url));

/** What a program did before it ended by itself. */
export interface Run {
  /** 0 when it ran to its end, 13 when it ended in the middle of a wait. */
  readonly code: number | null;
  readonly output: string;
}

/**
 * Makes a program of a module, which lasts as long as the test.
 *
 * @param source - a module of TypeScript that imports the sources of the library as `./index.ts`
 * @returns the path of the program
 */
export async function buildProgram(source: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'program-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const outfile = path.join(folder, 'program.mjs');
  const stdin = { contents: source, resolveDir: sources, loader: 'ts' } as const;
  const platform: Plugin = {
    name: 'platform',
    setup: ({ onResolve }) => {
      onResolve({ filter: /^#platform$/ }, () => ({ path: path.join(sources, 'platform', 'node.ts') }));
    },
  };
  const form = { bundle: true, platform: 'node', format: 'esm', target: 'es2022', tsconfigRaw: '{}' } as const;
  await build({ stdin, outfile, ...form, plugins: [platform] });
  return outfile;
}

/**
 * Runs a program in a process of its own, until nothing keeps that alive any more.
 *
 * @param source - what {@link buildProgram} takes
 * @param environment - what is added to the environment
 * @returns what it printed, and how it ended
 */
export async function runProgram(source: string, environment: Readonly<Record<string, string>> = {}): Promise<Run> {
  const outfile = await buildProgram(source);
  const program = spawn(process.execPath, [outfile], { env: { ...process.env, ...environment } });
  onTestFinished(() => void program.kill('SIGKILL'));
  const pieces: unknown[] = [];
  program.stdout.on('data', (piece) => pieces.push(piece));
  program.stderr.on('data', (piece) => pieces.push(piece));
  const [code] = await once(program, 'close');
  return { code, output: pieces.join('') };
}
