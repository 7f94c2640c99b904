import { describe, expect, it } from 'vitest';
import { apiRequest, outcomeOf } from '../../tests/support/api-request.ts';
import { compose, type Middleware } from './middleware.ts';

describe('policies around a handler', () => {
  const passed: string[] = [];
  const noting =
    (name: string): Middleware =>
    async (request, next) => {
      passed.push(`${name} sends ${request.path}`);
      const outcome = await next({ ...request, path: `${request.path}/${name}` });
      passed.push(`${name} receives`);
      return outcome;
    };

  it('are passed through from the outermost to the innermost, and back', async () => {
    const outcome = outcomeOf('answer');
    const handler = compose<string>([noting('outer'), noting('inner')], async (request) => {
      passed.push(`handler gets ${request.path}`);
      return outcome;
    });
    expect(await handler(apiRequest({ path: '' }))).toBe(outcome);
    expect(passed).toEqual([
      'outer sends ',
      'inner sends /outer',
      'handler gets /outer/inner',
      'inner receives',
      'outer receives',
    ]);
  });

  it('may be none', async () => {
    const outcome = outcomeOf('answer');
    expect(await compose<string>([], async () => outcome)(apiRequest())).toBe(outcome);
  });

  it('may ask for the next step again, or never', async () => {
    let asked = 0;
    const twice: Middleware = async (request, next) => {
      await next(request);
      return next(request);
    };
    const refuse: Middleware = () => Promise.reject(new Error('refused'));
    const count = async (): Promise<ReturnType<typeof outcomeOf<number>>> => outcomeOf((asked += 1));
    expect(await compose<number>([twice, twice], count)(apiRequest())).toMatchObject({ value: 4 });
    await expect(compose<number>([refuse], count)(apiRequest())).rejects.toThrow('refused');
    expect(asked).toBe(4);
  });
});
