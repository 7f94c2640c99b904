import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const library = fileURLToPath(new URL('../..', import.meta.url));
const typescriptFolder = path.dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
const manifest = JSON.parse(readFileSync(path.join(library, 'package.json'), 'utf8'));
const entries = Object.keys(manifest.exports)
  .filter((name) => name !== './package.json')
  .map((name) => path.posix.join('openrouter-ts', name));

let project: string;
let tarball: { readonly filename: string; readonly unpackedSize: number; readonly files: readonly { path: string }[] };

/** Runs a program in the consumer's project; a failure shows what the program printed. */
async function run(program: string, ...args: string[]): Promise<string> {
  const execution = promisify(execFile)(program, args, { cwd: project });
  const { stdout } = await execution.catch((error: unknown) => {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error });
  });
  return stdout;
}

beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'openrouter-ts-consumer-'));
  await writeFile(path.join(project, 'package.json'), '{ "name": "consumer", "private": true }');
  [tarball] = JSON.parse(
    await run('npm', 'pack', library, '--json', '--ignore-scripts', '--pack-destination', project),
  );
  await run('npm', 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', tarball.filename);
});

afterAll(async () => {
  await rm(project, { recursive: true, force: true });
});

describe('the tarball', () => {
  it('holds what is built, and nothing else', () => {
    const unexpected = tarball.files
      .map((file) => file.path)
      .filter((file) => !/^(?:dist\/[\w/-]+\.(?:js|cjs|d\.ts|d\.cts)|package\.json|README\.md|LICENSE)$/.test(file));
    expect(unexpected).toEqual([]);
    expect(tarball.files.map((file) => file.path)).toContain('LICENSE');
  });

  it('is smaller than 2 MB when installed', () => {
    expect(tarball.unpackedSize).toBeLessThan(2_000_000);
  });

  it('brings no other package and runs nothing when it is installed', () => {
    expect(manifest.dependencies ?? {}).toEqual({});
    const names = Object.keys(manifest.scripts ?? {});
    expect(names.filter((name) => /^(?:pre|post)?(?:install|prepare)$/.test(name))).toEqual([]);
  });

  it('says nothing of the machine on which it was built', async () => {
    const files = tarball.files.map((file) => path.join(project, 'node_modules/openrouter-ts', file.path));
    for (const file of files) expect(await readFile(file, 'utf8')).not.toContain(path.resolve(library, '../..'));
  });
});

describe('a consumer in JavaScript', () => {
  it.each(entries)('imports %s', async (entry) => {
    await writeFile(path.join(project, 'main.mjs'), `console.log(Object.keys(await import('${entry}')).join());`);
    expect(await run(process.execPath, 'main.mjs')).toMatch(/^\w+/);
  });

  it.each(entries)('requires %s', async (entry) => {
    await writeFile(path.join(project, 'main.cjs'), `console.log(Object.keys(require('${entry}')).join());`);
    expect(await run(process.execPath, 'main.cjs')).toMatch(/^\w+/);
  });

  it('finds the same names either way', async () => {
    for (const entry of entries) {
      await writeFile(
        path.join(project, 'main.mjs'),
        `console.log(Object.keys(await import('${entry}')).sort().join());`,
      );
      await writeFile(path.join(project, 'main.cjs'), `console.log(Object.keys(require('${entry}')).sort().join());`);
      expect(await run(process.execPath, 'main.cjs')).toBe(await run(process.execPath, 'main.mjs'));
    }
  });
});

describe('a consumer in TypeScript', () => {
  const usage = `
    import { OpenRouter } from 'openrouter-ts';
    import type { OpenRouterOptions } from 'openrouter-ts';
    import * as testing from 'openrouter-ts/testing';
    const options: OpenRouterOptions = { apiKey: 'key' };
    export const client: OpenRouter = new OpenRouter(options);
    export const names: readonly string[] = Object.keys(testing);
    // @ts-expect-error: what has no type is not what was imported
    export const wrong: string = client;
  `;
  const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true };
  // Neither Node's types nor skipLibCheck: the declarations must stand on those of the language and the web alone.
  const web = { target: 'es2022', lib: ['ES2022', 'DOM', 'DOM.Iterable', 'ESNext.Disposable'], types: [] };

  /** Compiles a program that uses the package, and resolves with what the compiler has to say. */
  async function compile(options: Readonly<Record<string, unknown>>, files: readonly string[]): Promise<string> {
    for (const file of files) await writeFile(path.join(project, file), usage);
    const config = { compilerOptions: { ...strict, ...web, ...options }, files };
    await writeFile(path.join(project, 'tsconfig.json'), JSON.stringify(config));
    return run(process.execPath, path.join(typescriptFolder, 'bin/tsc'), '-p', 'tsconfig.json');
  }

  it('compiles with module nodenext, as a module and as CommonJS', async () => {
    expect(await compile({ module: 'nodenext' }, ['consumer.mts', 'consumer.cts'])).toBe('');
  });

  it('compiles with module node16, as a module and as CommonJS', async () => {
    expect(await compile({ module: 'node16' }, ['consumer.mts', 'consumer.cts'])).toBe('');
  });

  it('compiles with module resolution bundler', async () => {
    expect(await compile({ module: 'esnext', moduleResolution: 'bundler' }, ['consumer.ts'])).toBe('');
  });
});
