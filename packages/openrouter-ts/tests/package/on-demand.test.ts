import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));

/** A service that answers as it is asked to by the model's name, and a client of it. */
const beginning = `
  import { createServer } from 'node:http';
  import { OpenRouter, RateLimitError, LoadError, ChatStream } from 'openrouter-ts';
  const answer = { id: 'gen-1', choices: [{ message: { role: 'assistant', content: 'Hello' }, delta: { content: 'Hello' }, finish_reason: 'stop' }] };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const { model, stream } = JSON.parse(body);
    const status = Number(model) || 200;
    response.writeHead(status, { 'content-type': stream && status === 200 ? 'text/event-stream' : 'application/json' });
    if (status !== 200) response.end(JSON.stringify({ error: { message: 'No', code: status } }));
    else response.end(stream ? 'data: ' + JSON.stringify(answer) + '\\n\\ndata: [DONE]\\n\\n' : JSON.stringify(answer));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new OpenRouter({ apiKey: 'k', baseURL: 'http://127.0.0.1:' + server.address().port + '/api/v1' });
  const ask = (model, options) => client.chat.create({ model, messages: [{ role: 'user', content: 'Hi' }] }, options);
  const loaded = () => globalThis.loaded.splice(0).length;
  const told = [];
  loaded();
`;
const ending = `
  console.log(JSON.stringify(told));
  server.close();
  server.closeAllConnections();
`;

let folder: string;

/** Bundles a program as bundlers do that split code: each file of it notes that it was loaded. */
async function bundled(name: string, program: string): Promise<string> {
  const outdir = path.join(folder, name);
  await build({
    stdin: { contents: beginning + program + ending, resolveDir: here },
    bundle: true,
    splitting: true,
    outdir,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    banner: { js: '(globalThis.loaded ??= []).push(import.meta.url);' },
    tsconfigRaw: '{}',
  });
  await writeFile(path.join(outdir, 'package.json'), '{ "type": "module" }');
  return outdir;
}

async function run(outdir: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(outdir, 'stdin.js')]);
  return JSON.parse(stdout);
}

async function fileOf(outdir: string, part: string): Promise<string> {
  const name = (await readdir(outdir)).find((each) => each.startsWith(`${part}-`));
  if (name === undefined) throw new Error(`There is no file for ${part}.`);
  return path.join(outdir, name);
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openrouter-ts-on-demand-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a program that is bundled in parts', () => {
  it('loads nothing for calls that succeed, and something with the first stream and the first failure', async () => {
    const outdir = await bundled(
      'parts',
      `
      told.push((await ask('m')).choices[0].message.content, loaded());
      await ask('m');
      told.push(loaded());
      const stream = await client.chat.stream({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] });
      told.push(stream instanceof ChatStream, (await stream.completion()).choices[0].message.content, loaded() > 0);
      const refused = await ask('429', { maxRetries: 0 }).catch((error) => error);
      told.push(refused instanceof RateLimitError, refused.message, loaded() > 0);
      await ask('429', { maxRetries: 0 }).catch(() => undefined);
      told.push(loaded());
      await OpenRouter.preload();
      told.push(loaded() > 0);
      await OpenRouter.preload();
      told.push(loaded());
    `,
    );
    expect(await run(outdir)).toEqual([
      'Hello',
      0,
      0,
      true,
      'Hello',
      true,
      true,
      'OpenRouter answered POST /chat/completions with 429: No',
      true,
      0,
      true,
      0,
    ]);
  });

  it('says so when a part is not there, and asks for it again the next time', async () => {
    const outdir = await bundled(
      'missing',
      `
      import { rename } from 'node:fs/promises';
      const failed = await ask('503', { maxRetries: 0 }).catch((error) => error);
      const { part, status, retryable, billing } = failed;
      told.push(failed instanceof LoadError, { part, status, retryable, billing });
      told.push((await ask('m')).choices[0].message.content);
      await rename(process.env.FAILURES + '.away', process.env.FAILURES);
      told.push((await ask('503', { maxRetries: 0 }).catch((error) => error)).kind);
    `,
    );
    const failures = await fileOf(outdir, 'failures');
    await rename(failures, `${failures}.away`);
    process.env['FAILURES'] = failures;
    expect(await run(outdir)).toEqual([
      true,
      { part: 'failures', status: 503, retryable: false, billing: 'possible' },
      'Hello',
      'provider',
    ]);
  });
});

it('is not in the first file that a program loads: what only streams and failures need', async () => {
  const { metafile } = await build({
    stdin: { contents: "export { OpenRouter } from 'openrouter-ts';", resolveDir: here },
    bundle: true,
    splitting: true,
    outdir: 'out',
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    tsconfigRaw: '{}',
  });
  const inputsOf = (name: string, found = new Set<string>()): Set<string> => {
    const output = metafile.outputs[name];
    for (const input of Object.keys(output?.inputs ?? {})) found.add(path.basename(input));
    for (const { path: next, kind } of output?.imports ?? []) if (kind === 'import-statement') inputsOf(next, found);
    return found;
  };
  const first = Object.keys(metafile.outputs).find((name) => metafile.outputs[name]?.entryPoint === '<stdin>') ?? '';
  const needed = [...inputsOf(first)].sort();
  expect(needed).toContain('core.js');
  for (const part of ['errors.js', 'failures.js', 'streaming.js', 'account.js', 'course.js', 'rates.js'])
    expect(needed).not.toContain(part);
});
