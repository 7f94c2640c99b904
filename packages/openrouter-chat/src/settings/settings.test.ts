import { describe, expect, it } from 'vitest';
import { defaultModel, resolveSettings } from './settings.ts';

describe('the settings', () => {
  it('have defaults', () => {
    expect(resolveSettings({}, {})).toEqual({
      model: defaultModel,
      demo: false,
      apiKey: undefined,
      baseUrl: undefined,
    });
  });

  it('come from the environment', () => {
    const env = {
      ORC_MODEL: 'a/b',
      ORC_DEMO: '1',
      OPENROUTER_API_KEY: ' sk ',
      OPENROUTER_BASE_URL: 'http://127.0.0.1:1/api/v1',
    };
    const expected = { model: 'a/b', demo: true, apiKey: 'sk', baseUrl: 'http://127.0.0.1:1/api/v1' };
    expect(resolveSettings({}, env)).toEqual(expected);
  });

  it('come from the command line first', () => {
    expect(resolveSettings({ model: 'c/d', demo: true }, { ORC_MODEL: 'a/b' })).toMatchObject({
      model: 'c/d',
      demo: true,
    });
  });

  it.each(['', '0', 'false', 'no', 'OFF'])('take ORC_DEMO=%j for no demonstration', (value) => {
    expect(resolveSettings({}, { ORC_DEMO: value }).demo).toBe(false);
  });

  it('take an empty variable for none', () => {
    expect(resolveSettings({}, { ORC_MODEL: '', OPENROUTER_API_KEY: ' ' })).toMatchObject({
      model: defaultModel,
      apiKey: undefined,
    });
  });
});
