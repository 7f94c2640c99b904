import { describe, expect, it } from 'vitest';
import { proxyFor } from './node-proxy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

function proxyOf(url: string, environment: Environment): string | undefined {
  return proxyFor(new URL(url), environment)?.href;
}

const https = 'https://openrouter.ai/api/v1';
const http = 'http://openrouter.ai/api/v1';

describe('the proxy for an address', () => {
  it.each<[what: string, url: string, environment: Environment, proxy: string | undefined]>([
    ['none where none is named', https, {}, undefined],
    ['none where it is empty', https, { HTTPS_PROXY: '' }, undefined],
    ['none where it is blank', https, { HTTPS_PROXY: '  ' }, undefined],
    ['HTTPS_PROXY for https', https, { HTTPS_PROXY: 'http://a:1', HTTP_PROXY: 'http://b:2' }, 'http://a:1/'],
    ['HTTP_PROXY for http', http, { HTTPS_PROXY: 'http://a:1', HTTP_PROXY: 'http://b:2' }, 'http://b:2/'],
    ['not HTTP_PROXY for https', https, { HTTP_PROXY: 'http://b:2' }, undefined],
    ['not HTTPS_PROXY for http', http, { HTTPS_PROXY: 'http://a:1' }, undefined],
    ['ALL_PROXY for https', https, { ALL_PROXY: 'http://c:3' }, 'http://c:3/'],
    ['ALL_PROXY for http', http, { ALL_PROXY: 'http://c:3' }, 'http://c:3/'],
    ['its own one before ALL_PROXY', https, { ALL_PROXY: 'http://c:3', HTTPS_PROXY: 'http://a:1' }, 'http://a:1/'],
    ['the one in lower case first', https, { https_proxy: 'http://d:4', HTTPS_PROXY: 'http://a:1' }, 'http://d:4/'],
    ['all_proxy in lower case', https, { all_proxy: 'http://d:4' }, 'http://d:4/'],
    ['one without a scheme', https, { HTTPS_PROXY: 'proxy.example:8080' }, 'http://proxy.example:8080/'],
    ['one that is reached by TLS', https, { HTTPS_PROXY: 'HTTPS://proxy.example' }, 'https://proxy.example/'],
    ['one with spaces around it', https, { HTTPS_PROXY: ' http://a:1 ' }, 'http://a:1/'],
    ['one with a user and a password', https, { HTTPS_PROXY: 'http://me:secret@a:1' }, 'http://me:secret@a:1/'],
    ['one at an IPv6 address', https, { HTTPS_PROXY: 'http://[::1]:3128' }, 'http://[::1]:3128/'],
  ])('is %s', (_what, url, environment, proxy) => {
    expect(proxyOf(url, environment)).toBe(proxy);
  });

  it.each(['socks5://127.0.0.1:1080', 'file:///etc/proxy', 'http://', 'http://me:secret@a b:1', 'xhttp://a:1'])(
    'is an error where it is %j, which does not tell the value',
    (value) => {
      expect(() => proxyOf(https, { HTTPS_PROXY: value })).toThrow(
        expect.objectContaining({
          code: 'ERR_PROXY_URL',
          message: 'The proxy that the environment names is not a URL that begins with http: or https:.',
          cause: undefined,
        }),
      );
    },
  );

  it('is not asked for where no proxy is wanted', () => {
    expect(proxyOf(https, { HTTPS_PROXY: 'socks5://127.0.0.1', NO_PROXY: '*' })).toBeUndefined();
  });
});

describe('NO_PROXY', () => {
  const bypasses = (url: string, list: string): boolean =>
    proxyOf(url, { ALL_PROXY: 'http://a:1', NO_PROXY: list }) === undefined;

  it.each([
    ['https://openrouter.ai/', '*'],
    ['https://openrouter.ai/', 'openrouter.ai'],
    ['https://openrouter.ai/', 'OpenRouter.AI'],
    ['https://openrouter.ai/', 'a.example,openrouter.ai,b.example'],
    ['https://openrouter.ai/', ' a.example , openrouter.ai '],
    ['https://openrouter.ai/', 'a.example openrouter.ai'],
    ['https://openrouter.ai/', ',,\topenrouter.ai'],
    ['https://api.openrouter.ai/', 'openrouter.ai'],
    ['https://api.openrouter.ai/', '.openrouter.ai'],
    ['https://openrouter.ai/', '.openrouter.ai'],
    ['https://api.openrouter.ai/', '*.openrouter.ai'],
    ['https://openrouter.ai/', 'openrouter.ai:443'],
    ['http://openrouter.ai/', 'openrouter.ai:80'],
    ['http://openrouter.ai:8080/', 'openrouter.ai:8080'],
    ['https://api.openrouter.ai:8443/', '.openrouter.ai:8443'],
    ['http://127.0.0.1:8080/', '127.0.0.1'],
    ['http://127.0.0.1:8080/', '127.0.0.1:8080'],
    ['http://[::1]:8080/', '::1'],
    ['http://[::1]:8080/', '[::1]'],
    ['http://[::1]:8080/', '[::1]:8080'],
    ['http://[fe80::1:2]/', 'fe80::1:2'],
    ['http://[2001:4860::8888]/', '2001:4860::8888'],
  ])('lets %s go directly by %j', (url, list) => {
    expect(bypasses(url, list)).toBe(true);
  });

  it.each([
    ['https://openrouter.ai/', ''],
    ['https://openrouter.ai/', ' , '],
    ['https://openrouter.ai./', ' , '],
    ['https://openrouter.ai/', 'example.com'],
    ['https://openrouter.ai/', 'api.openrouter.ai'],
    ['https://notopenrouter.ai/', 'openrouter.ai'],
    ['https://openrouter.ai.example/', 'openrouter.ai'],
    ['https://openrouter.ai/', 'router.ai'],
    ['https://openrouter.ai/', 'openrouter.ai:80'],
    ['http://openrouter.ai/', 'openrouter.ai:443'],
    ['https://openrouter.ai:8443/', 'openrouter.ai:443'],
    ['https://openrouter.ai/', 'openrouter.ai:4'],
    ['http://[::1]:8080/', '[::1]:80'],
    ['http://[::1]:8080/', '::2'],
    ['http://[fe80::1:80]/', 'fe80::1'],
  ])('does not let %s go directly by %j', (url, list) => {
    expect(bypasses(url, list)).toBe(false);
  });

  it('is read in lower case first', () => {
    const environment = { ALL_PROXY: 'http://a:1', NO_PROXY: '*', no_proxy: 'example.com' };
    expect(proxyOf(https, environment)).toBe('http://a:1/');
  });
});
