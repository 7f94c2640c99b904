import type { Endpoint } from '../../src/wire/endpoint.ts';
import type { Model } from '../../src/wire/model.ts';

/** A model as the listing has it: text only, tools, $1 and $2 a million tokens, 10,000 tokens of context, 1,000 of answer. */
export function aModel(members: Partial<Model> = {}): Model {
  return {
    id: 'openai/gpt-4o-mini',
    canonical_slug: 'openai/gpt-4o-mini-2024-07-18',
    name: 'GPT',
    created: 0,
    architecture: { input_modalities: ['text'], output_modalities: ['text'] },
    pricing: { prompt: '0.000001', completion: '0.000002' },
    context_length: 10_000,
    top_provider: { max_completion_tokens: 1_000 },
    supported_parameters: [
      'max_tokens',
      'temperature',
      'tools',
      'tool_choice',
      'structured_outputs',
      'response_format',
    ],
    ...members,
  };
}

/** One who serves it, on the same terms. */
export function anEndpoint(members: Partial<Endpoint> = {}): Endpoint {
  const { pricing, supported_parameters: parameters } = aModel();
  return {
    name: 'Somebody',
    provider_name: 'Somebody',
    tag: 'somebody',
    pricing,
    context_length: 10_000,
    max_completion_tokens: 1_000,
    supported_parameters: parameters,
    ...members,
  };
}

/** A request with one message. */
export function asking(content: string, members: object = {}): { messages: { role: 'user'; content: string }[] } {
  return { messages: [{ role: 'user', content }], ...members };
}
