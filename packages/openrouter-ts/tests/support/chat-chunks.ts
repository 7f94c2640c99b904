import * as fc from 'fast-check';
import type { ChatChunk } from '../../src/wire/chat-chunk.ts';

/** Text with everything that breaks careless readers: line ends, NUL, a byte order mark, characters of several bytes. */
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', ' ', '\n', '\r\n', '\u2028', '\uFEFF', 'data: [DONE]', '👩‍👩‍👧', '\0', 'é', '"', '\\'),
  },
);

const usage = fc.record({
  prompt_tokens: fc.nat(),
  completion_tokens: fc.nat(),
  total_tokens: fc.nat(),
  cost: fc.constantFrom(0, 0.5, 1e-7, null),
});

const delta = fc.oneof(
  { weight: 5, arbitrary: piece.map((content) => ({ content })) },
  { weight: 2, arbitrary: fc.tuple(piece, piece).map(([content, reasoning]) => ({ content, reasoning })) },
  { weight: 1, arbitrary: piece.map((reasoning_content) => ({ reasoning_content })) },
  { weight: 1, arbitrary: piece.map((refusal) => ({ refusal, content: null })) },
  { weight: 1, arbitrary: fc.constant({ content: null, reasoning: null, reasoning_details: [] }) },
  {
    weight: 1,
    arbitrary: fc.constant({ images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }] }),
  },
  {
    weight: 1,
    arbitrary: fc.constant({ annotations: [{ type: 'url_citation', url_citation: { url: 'https://example.com' } }] }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ index: fc.nat({ max: 3 }), part: piece }).map(({ index, part }) => ({
      tool_calls: [
        { index, id: `call_${index}`, type: 'function', function: { name: `tool_${index}`, arguments: `${part}.` } },
      ],
    })),
  },
  {
    weight: 1,
    arbitrary: fc.record({ index: fc.nat({ max: 2 }), text: piece }).map(({ index, text }) => ({
      reasoning: text,
      reasoning_details: [{ type: 'reasoning.text', text, index, format: 'unknown' }],
    })),
  },
);

const choice = fc.record({
  delta: delta.map((adds) => ({ role: 'assistant', ...adds })),
  index: fc.constantFrom(0, 0, 0, 0, 1),
});

/** What the middle of a stream is made of: no chunk of it ends anything. */
const middle = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      choices: fc.tuple(choice.map((one) => ({ ...one, finish_reason: null, native_finish_reason: null }))),
    }),
  },
  { weight: 1, arbitrary: fc.record({ choices: fc.array(choice, { maxLength: 2 }), usage: fc.option(usage) }) },
  { weight: 1, arbitrary: fc.record({ choices: fc.constant([]), citations: fc.array(fc.webUrl(), { maxLength: 2 }) }) },
);

const ends = fc.array(
  fc.oneof(
    fc.record({
      choices: fc.tuple(choice.map((one) => ({ ...one, finish_reason: 'stop', native_finish_reason: 'STOP' }))),
      usage: fc.option(usage, { nil: undefined }),
    }),
    fc.record({ choices: fc.constant([]), usage }),
  ),
  { maxLength: 3 },
);

const envelope = {
  id: 'gen-1700000000-abc',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'openai/gpt-4o-mini',
  provider: 'OpenAI',
};

/** Random chunks of a stream, with every variant of usage and of the end, and perhaps without any. JSON has been through them. */
export const chatChunks: fc.Arbitrary<readonly ChatChunk[]> = fc
  .tuple(fc.array(middle, { maxLength: 12 }), ends)
  .map(
    ([chunks, last]) =>
      JSON.parse(JSON.stringify([...chunks, ...last].map((chunk) => ({ ...envelope, ...chunk })))) as ChatChunk[],
  );
