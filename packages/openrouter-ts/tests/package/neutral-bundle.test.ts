import { execFile } from 'node:child_process';
import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import vm from 'node:vm';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** The entries that run everywhere. */
const neutralEntries = ['openrouter-ts', 'openrouter-ts/testing'];

/** Bundles an entry as a bundler for a runtime with these conditions would. */
async function bundle(entry: string, conditions: string[]): Promise<{ code: string; builtins: string[] }> {
  const builtins: string[] = [];
  const noteBuiltins: Plugin = {
    name: 'note-builtins',
    setup(esbuild) {
      esbuild.onResolve({ filter: /./ }, ({ path }) => {
        if (!isBuiltin(path)) return undefined;
        builtins.push(path);
        return { path, external: true };
      });
    },
  };
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${entry}';`, resolveDir: folder },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'entry',
    platform: 'neutral',
    target: 'es2022',
    conditions,
    plugins: [noteBuiltins],
    tsconfigRaw: '{}',
  });
  return { code: outputFiles[0]!.text, builtins };
}

describe('the package as it is, without a bundler', () => {
  it.each(['browser', 'workerd', 'deno', 'bun'])('is loaded for %s, as ES module and as CommonJS', async (runtime) => {
    const program = `
      const entries = ['openrouter-ts', 'openrouter-ts/cost', 'openrouter-ts/testing'];
      const { createRequire } = require('node:module');
      const modules = entries.map((entry) => createRequire(process.cwd() + '/')(entry));
      Promise.all(entries.map((entry) => import(entry))).then((found) => {
        console.log([...modules, ...found].every((names) => Object.values(names).every((name) => name !== undefined)));
      });
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['-C', runtime, '-e', program], { cwd: folder });
    expect(stdout).toBe('true\n');
  });
});

describe.each(neutralEntries)('a bundle of %s', (entry) => {
  it.each(['browser', 'workerd', 'deno', 'bun', 'react-native'])('uses nothing of Node for %s', async (runtime) => {
    // Deno and Bun also claim to be Node, as some bundlers for Workers do.
    const { code, builtins } = await bundle(entry, [
      runtime,
      ...(runtime === 'react-native' ? [] : ['node']),
      'import',
    ]);
    expect(builtins).toEqual([]);
    expect(code).not.toMatch(/\brequire\(|getBuiltinModule|["']node:/);
  });

  it('loads where there are only the globals of the web', async () => {
    const { code } = await bundle(entry, ['browser', 'import']);
    const web = {
      AbortController,
      AbortSignal,
      DOMException,
      Event,
      EventTarget,
      Headers,
      ReadableStream,
      Request,
      Response,
    };
    const more = {
      TextDecoder,
      TextEncoder,
      TransformStream,
      URL,
      URLSearchParams,
      clearTimeout,
      crypto,
      fetch,
      setTimeout,
    };
    const context = vm.createContext({ ...web, ...more });
    expect(Object.keys(vm.runInContext(`${code}; entry`, context))).not.toEqual([]);
  });
});

it('a bundle for Node uses the modules of Node', async () => {
  const { code } = await bundle('openrouter-ts', ['node', 'import']);
  expect(code).toMatch(/getBuiltinModule\([^)]*"node:http"\)/);
});
