import { describe, expect, it } from 'vitest';
import { findDetour } from './node-detour.ts';

const proxy = 'http://me:secret@proxy.example:3128';

describe('the way through a proxy', () => {
  it('is none where no proxy is named for the address', () => {
    expect(findDetour(new URL('https://openrouter.ai/'), { HTTP_PROXY: proxy })).toBeUndefined();
    expect(findDetour(new URL('http://openrouter.ai/'), { HTTPS_PROXY: proxy })).toBeUndefined();
  });

  it('is a tunnel where the address is to be encrypted from end to end', () => {
    const detour = findDetour(new URL('https://openrouter.ai/'), { HTTPS_PROXY: proxy });
    expect(Object.keys(detour ?? {})).toEqual(['agent']);
  });

  it('leads to the proxy itself where nothing is encrypted', () => {
    expect(findDetour(new URL('http://openrouter.ai:81/'), { HTTP_PROXY: proxy })).toEqual({
      to: new URL(proxy),
      headers: { host: 'openrouter.ai:81', 'proxy-authorization': 'Basic bWU6c2VjcmV0' },
    });
  });
});
