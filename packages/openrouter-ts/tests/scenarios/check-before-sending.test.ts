import { describe, expect, it } from 'vitest';
import { simulatedApi } from '../support/simulated-api.ts';

const api = simulatedApi({
  models: [
    {
      id: 'a/talker',
      pricing: { prompt: '0.000001', completion: '0.000002' },
      endpoints: [
        { provider: 'Open', zdr: false },
        { provider: 'Closed', tag: 'closed', zdr: true, supportedParameters: ['tools'] },
      ],
    },
    { id: 'a/second', pricing: { prompt: '0.000001', completion: '0.000002' }, supportedParameters: [] },
  ],
});
const messages = [{ role: 'user', content: 'Hi' }] as const;
const tools = [{ type: 'function', function: { name: 'add', parameters: {} } }] as const;

describe('checking a request before it is sent', () => {
  it('finds nothing wrong with one that is as it should be, and sends none', async () => {
    const sent = api.simulator.requests.length;
    expect(await api.client().check({ model: 'a/talker', messages, tools })).toEqual([]);
    expect(api.simulator.requests.slice(sent).some(({ method }) => method === 'POST')).toBe(false);
  });

  it('says what a misspelled model may have been meant to be', async () => {
    const [finding] = await api.client().check({ model: 'a/talkre', messages });
    expect(finding).toMatchObject({ severity: 'refused', code: 'model-unknown', path: 'model' });
    expect(finding?.message).toContain('Did you mean a/talker');
  });

  it('looks at every model that may answer', async () => {
    const findings = await api.client().check({ model: 'a/talker', models: ['a/second'], messages, tools });
    expect(findings).toMatchObject([{ severity: 'refused', code: 'tools-unsupported' }]);
  });

  it('knows who keeps nothing', async () => {
    const client = api.client();
    const request = { model: 'a/talker', messages } as const;
    expect(await client.check({ ...request, provider: { zdr: true } })).toEqual([]);
    const [finding] = await client.check({ ...request, provider: { zdr: true, ignore: ['closed'] } });
    expect(finding).toMatchObject({ severity: 'refused', code: 'no-endpoint-left', path: 'provider.zdr' });
  });

  it('says what it cannot see', async () => {
    const client = api.client();
    expect(await client.check({ messages })).toMatchObject([{ code: 'no-model' }]);
    expect(await client.check({ messages, model: '@preset/mine' })).toMatchObject([
      { code: 'preset-unseen' },
      { code: 'no-model' },
    ]);
    expect(await client.check({ messages, model: 'a/talker@preset/mine' })).toMatchObject([{ code: 'preset-unseen' }]);
  });

  it('ends with its signal', async () => {
    const reason = new Error('enough');
    const checking = api.client().check({ model: 'a/talker', messages }, { signal: AbortSignal.abort(reason) });
    await expect(checking).rejects.toBe(reason);
  });
});
