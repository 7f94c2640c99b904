import { describe, expect, it, vi } from 'vitest';
import { askWith, readAll } from '../../tests/support/transport.ts';
import { ConfigError } from '../errors/config-error.ts';
import { platform } from './neutral.ts';

describe('a runtime that has no more than fetch', () => {
  it('sends with the fetch that is there at the time', async () => {
    const transport = platform.createTransport();
    const request = askWith(new AbortController().signal, 'https://openrouter.ai/');
    for (const text of ['first', 'second']) {
      const fake = vi.fn<typeof fetch>(async () => new Response(text));
      vi.stubGlobal('fetch', fake);
      expect(await readAll(await transport(request))).toBe(text);
      expect(fake).toHaveBeenCalledExactlyOnceWith(request.url, expect.objectContaining({ signal: request.signal }));
    }
  });

  it('calls fetch as browsers insist: not as a method of something else', async () => {
    const receivers: unknown[] = [];
    vi.stubGlobal('fetch', async function fetch(this: unknown) {
      receivers.push(this);
      return new Response('');
    });
    await platform.createTransport()(askWith(new AbortController().signal, 'https://openrouter.ai/'));
    expect(receivers).toEqual([globalThis]);
  });

  it('leaves decoding to the web', () => {
    expect(platform.decodeUtf8).toBeUndefined();
    expect(platform.decodeLatin1).toBeUndefined();
  });
});

describe('the environment of a runtime', () => {
  const key = 'OPENROUTER_API_KEY';

  it.each<[what: string, process: unknown, value: string | undefined]>([
    ['has what is set', { env: { [key]: 'sk' } }, 'sk'],
    ['has not what is not set', { env: {} }, undefined],
    ['may be none', undefined, undefined],
    ['may be null', null, undefined],
    ['may be something else', 'process', undefined],
    ['may have no variables', {}, undefined],
    ['may have variables that are none', { env: null }, undefined],
    ['may hold what is not text', { env: { [key]: 1 } }, undefined],
  ])('%s', (_what, process, value) => {
    vi.stubGlobal('process', process);
    expect(platform.readEnvironment(key)).toBe(value);
  });

  it('may be forbidden', () => {
    const forbid = (): never => {
      throw new Error('Requires env access');
    };
    vi.stubGlobal('process', { env: new Proxy({}, { get: forbid }) });
    expect(platform.readEnvironment(key)).toBeUndefined();
  });
});

describe('a browser', () => {
  it('has a window with a document, and shows everybody the key', () => {
    vi.stubGlobal('window', {});
    vi.stubGlobal('document', {});
    expect(() => platform.refuseBrowser?.()).toThrow(ConfigError);
  });

  it.each([['window'], ['document'], []])('is not what has only: %j', (...globals) => {
    for (const name of globals) vi.stubGlobal(name, {});
    expect(() => platform.refuseBrowser?.()).not.toThrow();
  });
});
