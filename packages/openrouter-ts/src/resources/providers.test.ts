import { describe, expect, it } from 'vitest';
import { OpenRouter } from '../client/open-router.ts';
import { Simulator } from '../testing/index.ts';

describe('the providers', () => {
  it('are listed, each once, in the words of the API', async () => {
    const { transport, requests } = new Simulator();
    const { data } = await new OpenRouter({ apiKey: 'k', transport }).providers.list();
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/v1/providers']);
    const slugs = data.map(({ slug }) => slug);
    expect(slugs).toContain('google-vertex');
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(data.find(({ slug }) => slug === 'deepinfra')).toMatchObject({
      name: 'DeepInfra',
      privacy_policy_url: 'https://example.com/deepinfra/privacy',
    });
  });
});
