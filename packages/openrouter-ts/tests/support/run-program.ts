import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';

const sources = fileURLToPath(new URL('../../src', import.meta.url));

/** What a program did before it ended by itself. */
export interface Run {
  /** 0 when it ran to its end, 13 when it ended in the middle of a wait. */
  readonly code: number | null;
  readonly output: string;
}

/**
 * Runs a program in a process of its own, until nothing keeps that alive any more.
 *
 * @param source - the program, a module of TypeScript that imports the sources of the library as `./platform/node.ts`
 * @param environment - what is added to the environment
 * @returns what it printed, and how it ended
 */
export async function runProgram(source: string, environment: Readonly<Record<string, string>> = {}): Promise<Run> {
  const folder = await mkdtemp(path.join(tmpdir(), 'program-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const outfile = path.join(folder, 'program.mjs');
  const stdin = { contents: source, resolveDir: sources, loader: 'ts' } as const;
  await build({ stdin, outfile, bundle: true, platform: 'node', format: 'esm', target: 'es2022', tsconfigRaw: '{}' });
  const program = spawn(process.execPath, [outfile], { env: { ...process.env, ...environment } });
  onTestFinished(() => void program.kill('SIGKILL'));
  const pieces: unknown[] = [];
  program.stdout.on('data', (piece) => pieces.push(piece));
  program.stderr.on('data', (piece) => pieces.push(piece));
  const [code] = await once(program, 'close');
  return { code, output: pieces.join('') };
}
