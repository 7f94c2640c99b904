import { describe, expect, it, vi } from 'vitest';
import { ask, echo, readAll, serve } from '../../tests/support/transport.ts';
import { platform } from './node.ts';

describe('Node', () => {
  it('sends without fetch', async () => {
    vi.stubGlobal('fetch', undefined);
    const { port } = await serve(echo);
    const transport = platform.createTransport();
    expect(transport.reportsConnection).toBe(true);
    vi.stubEnv('no_proxy', '*');
    const response = await transport(ask(`http://127.0.0.1:${port}/v1`).request);
    expect(JSON.parse(await readAll(response))).toMatchObject({ url: '/v1' });
  });

  it('has an environment', () => {
    vi.stubEnv('OPENROUTER_API_KEY', 'sk');
    expect(platform.readEnvironment('OPENROUTER_API_KEY')).toBe('sk');
    vi.stubEnv('OPENROUTER_API_KEY', undefined);
    expect(platform.readEnvironment('OPENROUTER_API_KEY')).toBeUndefined();
  });

  it('is no browser', () => {
    vi.stubGlobal('window', {});
    vi.stubGlobal('document', {});
    expect(platform.refuseBrowser).toBeUndefined();
  });

  it.each([
    ['text', new TextEncoder().encode('grüße 🦊')],
    ['a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)],
    ['what is not UTF-8', Uint8Array.of(0x61, 0xff, 0xe2, 0x82, 0xf0, 0x9f, 0x98, 0xed, 0xa0, 0x80, 0xc0, 0xaf, 0x62)],
  ])('decodes %s as TextDecoder does', (_what, bytes) => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    for (let start = 0; start <= bytes.length; start += 1) {
      for (let end = start; end <= bytes.length; end += 1) {
        expect(platform.decodeUtf8?.(bytes, start, end)).toBe(decoder.decode(bytes.subarray(start, end)));
      }
    }
  });

  it('makes a text with a character for each byte', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(platform.decodeLatin1?.(bytes, 1, 255)).toBe(String.fromCharCode(...bytes.subarray(1, 255)));
  });

  it('leaves decoding to the web where Buffer has lost its fast ways', async () => {
    const { utf8Slice, latin1Slice } = Buffer.alloc(0);
    vi.resetModules();
    Object.assign(Buffer.prototype, { utf8Slice: undefined, latin1Slice: undefined });
    try {
      const { platform: later } = await import('./node.ts');
      expect(later.decodeUtf8).toBeUndefined();
      expect(later.decodeLatin1).toBeUndefined();
    } finally {
      Object.assign(Buffer.prototype, { utf8Slice, latin1Slice });
    }
  });
});
