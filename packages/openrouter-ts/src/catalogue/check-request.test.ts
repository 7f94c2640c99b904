import { describe, expect, it } from 'vitest';
import { aModel, anEndpoint, asking } from '../../tests/support/listed.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Model } from '../wire/model.ts';
import { checkRequest } from './check-request.ts';
import type { RequestFinding } from './request-finding.ts';

interface Against {
  readonly model?: Partial<Model>;
  readonly endpoints?: readonly Endpoint[];
  readonly keepsNothing?: (endpoint: Endpoint) => boolean;
}

function check(members: object, { model, endpoints = [], keepsNothing }: Against = {}): readonly RequestFinding[] {
  return checkRequest({
    request: { ...asking('Hi'), ...members },
    model: aModel(model),
    modelPath: 'model',
    endpoints,
    today: '2026-11-22',
    keepsNothing: keepsNothing ?? (() => true),
  });
}

function found(...question: Parameters<typeof check>): readonly string[] {
  return check(...question).map(({ severity, code, path }) => `${severity} ${code} ${path}`);
}

const part = (content: object): object => ({ messages: [{ role: 'user', content: [content] }] });
const tool = { type: 'function', function: { name: 'add' } };
const thinker = {
  reasoning: { mandatory: true, supported_efforts: ['high', 'low'] },
  supported_parameters: ['reasoning'],
};
const marked = { role: 'user', content: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }] };
const five = { messages: [marked, marked, marked, { ...marked, cache_control: { type: 'ephemeral' } }] };
const mute = { model: { supported_parameters: [] } };
const video = (url: string): object => part({ type: 'video_url', video_url: { url } });
const seer = {
  context_length: 1e6,
  architecture: { input_modalities: ['text', 'video'], output_modalities: ['text'] },
};

describe('a request that is held against its model', () => {
  it('passes when all is well', () => {
    const tools = { tools: [tool], tool_choice: 'required', temperature: 1, logprobs: false, max_tokens: 100 };
    expect(check(tools, { endpoints: [anEndpoint({ supports_tool_choice: { required: true } })] })).toEqual([]);
    expect(check({ tools: [tool], response_format: { type: 'json_object' } })).toEqual([]);
    expect(check({ prompt: 'Hi', messages: undefined, response_format: { type: 'text' } })).toEqual([]);
  });

  it.each<readonly [string, object, Against, readonly string[]]>([
    ['a parameter that it does not know', { top_k: 5 }, {}, ['dropped parameter-unsupported top_k']],
    [
      'such a parameter that providers must know',
      { top_k: 5, provider: { require_parameters: true } },
      {},
      ['refused parameter-unsupported top_k'],
    ],
    [
      'a parameter that one of two knows',
      { top_k: 5 },
      { endpoints: [anEndpoint(), anEndpoint({ supported_parameters: ['top_k'] })] },
      ['warning parameter-sometimes-dropped top_k'],
    ],
    [
      'such a parameter when providers must know it',
      { top_k: 5, provider: { require_parameters: true } },
      { endpoints: [anEndpoint(), anEndpoint({ supported_parameters: ['top_k'] })] },
      [],
    ],
    [
      'a schema that it does not know',
      { response_format: { type: 'json_schema', json_schema: { name: 'a' } } },
      mute,
      ['dropped parameter-unsupported response_format'],
    ],
    [
      'JSON that it does not know',
      { response_format: { type: 'json_object' } },
      mute,
      ['dropped parameter-unsupported response_format'],
    ],
    ['thoughts that it does not have', { reasoning: {} }, {}, ['dropped parameter-unsupported reasoning']],
    [
      'an effort that it does not have',
      { reasoning_effort: 'low' },
      {},
      ['dropped parameter-unsupported reasoning_effort'],
    ],
    [
      'thoughts shown that it does not have',
      { include_reasoning: true },
      {},
      ['dropped parameter-unsupported include_reasoning'],
    ],
    ['tools that it cannot use', { tools: [tool] }, mute, ['refused tools-unsupported tools']],
    [
      'a choice of tools that it does not take',
      { tools: [tool], tool_choice: { type: 'function', function: { name: 'add' } } },
      { model: { supported_parameters: ['tools'] } },
      ['refused tool-choice-unsupported tool_choice'],
    ],
    [
      'a choice of tools that no endpoint takes',
      { tools: [tool], tool_choice: 'required' },
      { endpoints: [anEndpoint({ supports_tool_choice: { required: false } })] },
      ['refused tool-choice-unsupported tool_choice'],
    ],
    [
      'a picture that it cannot see',
      part({ type: 'image_url', image_url: { url: 'x' } }),
      {},
      ['refused input-unsupported messages'],
    ],
    [
      'a file that is parsed first',
      part({ type: 'file', file: { file_id: 'x' } }),
      {},
      ['warning file-is-parsed messages'],
    ],
    [
      'sound at an address',
      part({ type: 'input_audio', input_audio: { data: 'data:audio/wav;base64,AA', format: 'wav' } }),
      { model: { architecture: { input_modalities: ['audio'], output_modalities: ['text'] } } },
      ['refused audio-not-base64 messages'],
    ],
    [
      'a film of which Google has no copy',
      video('https://x.example/y.mp4'),
      { model: { ...seer, id: 'google/gemini' } },
      ['warning video-elsewhere messages'],
    ],
    [
      'a film that Google has',
      video('https://www.youtube.com/watch?v=1'),
      { model: { ...seer, id: 'google/gemini' } },
      [],
    ],
    ['a film at an address for somebody else', video('https://x.example/y.mp4'), { model: seer }, []],
    ['output that it cannot make', { modalities: ['text', 'image'] }, {}, ['refused output-unsupported modalities']],
    [
      'speech that is not streamed',
      { modalities: ['audio'] },
      { model: { architecture: { input_modalities: ['text'], output_modalities: ['audio'] } } },
      ['warning audio-needs-stream modalities'],
    ],
    [
      'a model that does not chat',
      {},
      { model: { architecture: { input_modalities: ['text'], output_modalities: ['embeddings'] } } },
      ['refused not-a-chat-model model'],
    ],
    ['a prompt that is too long', asking('word '.repeat(20_000)), {}, ['refused prompt-too-long messages']],
    [
      'a prompt that leaves no room for the answer',
      asking('word '.repeat(9_500), { max_tokens: 900 }),
      {},
      ['warning prompt-perhaps-too-long messages'],
    ],
    [
      'a prompt that is made shorter',
      { ...asking('word '.repeat(20_000)), plugins: [{ id: 'context-compression' }] },
      {},
      ['warning prompt-perhaps-too-long messages'],
    ],
    [
      'a prompt that is made shorter in the older way',
      { ...asking('word '.repeat(20_000)), transforms: ['middle-out'] },
      {},
      ['warning prompt-perhaps-too-long messages'],
    ],
    ['an answer longer than any', { max_tokens: 2_000 }, {}, ['refused answer-too-long max_tokens']],
    ['an answer of few tokens', { max_completion_tokens: 5 }, {}, ['warning answer-very-short max_completion_tokens']],
    [
      'an answer that is all thoughts',
      { max_tokens: 500, reasoning: { max_tokens: 500 } },
      { model: { supported_parameters: ['reasoning'] } },
      ['refused no-room-to-answer max_tokens'],
    ],
    ['no messages', { messages: [] }, {}, ['refused no-messages messages']],
    [
      'an empty text beside calls of tools',
      {
        messages: [
          {
            role: 'assistant',
            content: '',
            tool_calls: [{}].map(() => ({ id: 'x', type: 'function', function: { name: 'a', arguments: '{}' } })),
          },
        ],
      },
      {},
      ['warning empty-content messages.0.content'],
    ],
    ['an empty text alone', { messages: [{ role: 'assistant', content: '', tool_calls: [] }] }, {}, []],
    [
      'five marks for the cache of Anthropic',
      five,
      { model: { id: 'anthropic/claude' } },
      ['refused too-many-cache-marks messages'],
    ],
    ['five marks for another cache', five, {}, []],
    [
      'a plugin of another router',
      { plugins: [{ id: 'auto-beta-router' }] },
      { model: { id: 'openrouter/auto' } },
      ['dropped plugin-ignored plugins.0'],
    ],
    ['the plugin of the router', { plugins: [{ id: 'auto-router' }] }, { model: { id: 'openrouter/auto' } }, []],
    ['a plugin that is off', { plugins: [{ id: 'nonsense', enabled: false }] }, {}, []],
    ['a plugin that nobody knows', { plugins: [{ id: 'nonsense' }] }, {}, ['warning plugin-unknown plugins.0']],
    [
      'repairs of what is no JSON',
      { plugins: [{ id: 'web' }, { id: 'response-healing' }] },
      {},
      ['dropped plugin-ignored plugins.1'],
    ],
    [
      'repairs of a stream',
      { stream: true, plugins: [{ id: 'response-healing' }], response_format: { type: 'json_object' } },
      {},
      ['dropped plugin-ignored plugins.0'],
    ],
    ['repairs of JSON', { plugins: [{ id: 'response-healing' }], response_format: { type: 'json_object' } }, {}, []],
    ['a model that is gone', {}, { model: { expiration_date: '2026-11-22' } }, ['refused model-expired model']],
    ['a model that is going', {}, { model: { expiration_date: '2026-11-23' } }, ['warning model-expires model']],
    [
      'two efforts',
      { reasoning_effort: 'low', reasoning: { effort: 'high' } },
      { model: thinker },
      ['refused effort-conflict reasoning_effort'],
    ],
    [
      'an effort and a budget',
      { reasoning: { effort: 'high', max_tokens: 10 } },
      { model: thinker },
      ['refused effort-conflict reasoning'],
    ],
    [
      'no thoughts of one who must',
      { reasoning: { effort: 'none' } },
      { model: thinker },
      ['refused must-think reasoning.effort'],
    ],
    [
      'no thoughts of an alias',
      { model: '~a/b-latest', models: ['c/d'], reasoning: { effort: 'none' } },
      { model: thinker },
      [],
    ],
    ['another effort', { reasoning_effort: 'max' }, { model: thinker }, ['warning effort-replaced reasoning_effort']],
    ['several answers', { n: 2 }, {}, ['warning one-answer n']],
  ])('finds %s', (_, members, against, expected) => {
    expect(found(members, against)).toEqual(expected);
  });

  it('sorts what it finds by how bad it is', () => {
    const members = { n: 2, top_k: 5, max_tokens: 2_000 };
    expect(check(members).map(({ severity }) => severity)).toEqual(['refused', 'dropped', 'warning']);
  });
});

describe('preferences for providers', () => {
  const endpoints = [anEndpoint(), anEndpoint({ tag: undefined, provider_name: 'Other', quantization: 'fp8' })];

  it.each<readonly [string, object, readonly string[]]>([
    [
      'only',
      { only: ['nobody'] },
      ['refused no-endpoint-left provider.only', 'warning provider-unknown provider.only.0'],
    ],
    [
      'order',
      { order: ['nobody'], allow_fallbacks: false },
      ['refused no-endpoint-left provider.order', 'warning provider-unknown provider.order.0'],
    ],
    ['order', { order: ['nobody', 'other'] }, ['warning provider-unknown provider.order.0']],
    ['ignore', { ignore: ['somebody', 'other'] }, ['refused no-endpoint-left provider.ignore']],
    ['quantizations', { quantizations: ['fp32'] }, ['refused no-endpoint-left provider.quantizations']],
    ['data_collection', { data_collection: 'deny' }, ['refused no-endpoint-left provider.data_collection']],
    ['zdr', { zdr: true }, ['refused no-endpoint-left provider.zdr']],
    ['max_price', { max_price: { prompt: 0.5 } }, ['refused no-endpoint-left provider.max_price']],
    [
      'two together',
      { only: ['somebody'], quantizations: ['fp8'] },
      ['refused no-endpoint-left provider.quantizations'],
    ],
  ])('that leave nobody are named: %s', (_, provider, expected) => {
    expect(found({ provider }, { endpoints, keepsNothing: () => false })).toEqual(expected);
  });

  it('are named together when only together they leave nobody', () => {
    const [finding] = check({ provider: { only: ['somebody'], quantizations: ['fp8'] } }, { endpoints });
    expect(finding?.message).toContain('provider.quantizations together with provider.only leaves none');
    const [alone] = check({ provider: { only: ['somebody'], quantizations: ['int4'] } }, { endpoints });
    expect(alone?.message).toContain('provider.quantizations leaves none');
  });

  it('find nobody who knows all parameters, or answers so long', () => {
    const able = [anEndpoint({ supported_parameters: ['top_k'] }), anEndpoint({ supported_parameters: ['seed'] })];
    const all = { top_k: 1, seed: 1, provider: { require_parameters: true } };
    expect(found(all, { endpoints: able })).toEqual(['refused no-endpoint-left provider.require_parameters']);
    const long = [anEndpoint({ max_completion_tokens: 50, quantization: 'fp8' }), anEndpoint()];
    const few = { max_tokens: 100, provider: { quantizations: ['fp8'] } };
    expect(found(few, { endpoints: long })).toEqual(['refused no-endpoint-left max_tokens']);
    expect(found({ max_tokens: 100 }, { endpoints: [anEndpoint({ max_completion_tokens: null })] })).toEqual([]);
  });
});
