import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scriptedAttempt } from '../../tests/support/read-context.ts';
import { chunkOf, done, eventOf, finish, keepAlive, text } from '../../tests/support/sse-text.ts';
import type { ChatChunk } from '../wire/chat-chunk.ts';
import type { ChatCompletion } from '../wire/chat-completion.ts';
import { ChunkReader } from './chunk-reader.ts';
import { CompletionAssembler } from './completion-assembler.ts';

interface Answer {
  readonly chunks: readonly ChatChunk[];
  readonly completion: ChatCompletion;
  /** What it broke off with. */
  readonly failure: string | undefined;
  /** How many bytes were made text to be compared. */
  readonly compared: number;
  /** How many bytes were read as UTF-8. */
  readonly decoded: number;
}

/** Reads an answer that comes in these pieces, by comparing where that is possible. */
async function read(
  pieces: readonly (string | Uint8Array)[],
  { comparing = true, eventBytes = 1e6 } = {},
): Promise<Answer> {
  let compared = 0;
  let decoded = 0;
  const { body, context, response } = scriptedAttempt({
    limits: { eventBytes },
    decodeUtf8: (bytes, start, end) => {
      decoded += end - start;
      return Buffer.from(bytes.subarray(start, end)).toString();
    },
    ...(comparing && {
      decodeLatin1: (bytes, start, end) => {
        compared += end - start;
        return Buffer.from(bytes.subarray(start, end)).toString('latin1');
      },
    }),
  });
  body.send(...pieces).end();
  const assembler = new CompletionAssembler();
  const reader = new ChunkReader(response, context, assembler);
  const chunks: ChatChunk[] = [];
  let failure: string | undefined;
  try {
    while (!reader.ended) {
      const chunk = reader.take();
      if (chunk === undefined) await reader.fill();
      else chunks.push(chunk);
    }
  } catch (error) {
    failure = String(error);
  }
  return { chunks, completion: assembler.completion(), failure, compared, decoded };
}

/** What an answer is, however it was read. */
function saidBy({ chunks, completion, failure }: Answer): Omit<Answer, 'compared' | 'decoded'> {
  return { chunks, completion, failure };
}

type Members = Readonly<Record<string, unknown>>;
/** What is unusual about an event: its members, those of its choice and of its delta, and how it is written. */
type Shape = readonly [Members, Members, Members, number];

const role = eventOf(chunkOf({ content: '' }));
const end = eventOf(finish()) + done;

describe('chunks that repeat the one before but for their text', () => {
  it('are given as they came, and only their text is decoded', async () => {
    const said = ['Hel', 'lo', '', ' “wörld”', '\n', ' a word of more than twelve characters', '\\"'];
    const events = said.map((piece) => eventOf(text(piece)));
    const { chunks, completion, decoded } = await read([role, ...events, end]);
    expect(chunks).toEqual([chunkOf({ content: '' }), ...said.map((piece) => text(piece)), finish()]);
    expect(completion.choices[0]?.message.content).toBe(said.join(''));
    // The escaped quote ends the comparing, and is read like the first.
    expect(decoded).toBeLessThan(`${role}${events[0]}${events[1]}${events.at(-1)}${end}`.length + 80);
  });

  it('share nothing: what a reader does with one does not show in the next', async () => {
    const list = (content: string): ChatChunk => chunkOf({ content, reasoning: null, reasoning_details: [] });
    const { chunks } = await read([role, ...['a', 'b', 'c'].map((piece) => eventOf(list(piece))), end]);
    const [, first, second, third] = chunks.map((chunk) => chunk.choices[0]);
    expect(third).toEqual(list('c').choices[0]);
    expect(second?.delta.reasoning_details).not.toBe(third?.delta.reasoning_details);
    expect(second?.delta).not.toBe(third?.delta);
    expect(first).not.toBe(second);
  });

  it('share nothing of what else they hold', async () => {
    const events = (choice: Members, more: Members): string[] =>
      ['a', 'b', 'c', 'd'].map((piece) => eventOf(chunkOf({ content: piece }, choice, more)));
    const ofChunk = await read([role, ...events({}, { debug: {} }), end]);
    expect(ofChunk.chunks[3]?.debug).not.toBe(ofChunk.chunks[4]?.debug);
    const ofChoice = await read([role, ...events({ more: {} }, {}), end]);
    expect(ofChoice.chunks[3]?.choices[0]?.['more']).not.toBe(ofChoice.chunks[4]?.choices[0]?.['more']);
  });

  it('are read as ever where the platform cannot compare', async () => {
    const pieces = [role, ...['a', 'b', 'c'].map((piece) => eventOf(text(piece))), end];
    const parsed = await read(pieces, { comparing: false });
    expect(parsed.compared).toBe(0);
    expect(saidBy(await read(pieces))).toEqual(saidBy(parsed));
  });

  it('are not compared any more after many that were unlike', async () => {
    const numbered = Array.from({ length: 30 }, (_, created) => eventOf(chunkOf({ content: 'a' }, {}, { created })));
    const alike = Array.from({ length: 5 }, () => eventOf(text('longer than twelve')));
    const { chunks, decoded } = await read([role, ...numbered, ...alike, end]);
    expect(chunks).toHaveLength(37);
    expect(decoded).toBeGreaterThan(alike.join('').length + numbered.join('').length - 30 * 10);
  });

  it('are not looked for any more after many of which none could be learned', async () => {
    const spelled = (content: string, provider: string): string => eventOf(chunkOf({ content }, {}, { provider }));
    const strange = Array.from({ length: 12 }, () => spelled('a', 'Zürich'));
    const alike = Array.from({ length: 5 }, () => spelled('a', 'Zurich'));
    const { chunks, compared } = await read([role, ...strange, ...alike, end]);
    expect(chunks).toHaveLength(19);
    expect(compared).toBe(0);
    const few = await read([role, ...strange.slice(0, 3), ...alike, end]);
    expect(few.compared).toBeGreaterThan(0);
  });
});

describe('events that only look like the one before', () => {
  const begun = role + eventOf(text('a')) + eventOf(text('b'));
  const raw = (content: string): string => eventOf(JSON.stringify(text('@')).replace('@', content));

  it.each<[what: string, event: string]>([
    ['a character that JSON does not allow', raw('a\tb')],
    ['an escape that JSON does not know', raw('\\x')],
    ['an escape that hides the end of the text', raw('\\')],
    ['another member in the place of text', raw('a","content":"b')],
    ['no end', raw('a').slice(0, -10)],
    ['text without a quote after it', 'data: {"id":"gen-1'],
    ['the end in another line', raw('a').replace('},"finish', '},\ndata: "finish')],
    ['another end of line', raw('a').replaceAll('\n', '\r\n')],
    ['a field before it', `id: 7\n${raw('a')}`],
    ['a field after it', raw('a').replace('\n\n', '\nid: 7\n\n')],
    ['a comment before it', keepAlive + raw('a')],
    ['a failure behind it', eventOf({ ...text('a'), error: { code: 502, message: 'Provider failed' } })],
    ['bytes that are no UTF-8', raw('\u00ff\u00fe')],
  ])('are read for what they are: %s', async (_what, event) => {
    const after = eventOf(text('c')) + eventOf(text('d')) + end;
    for (const pieces of [[begun, event, after], [begun + event + after]]) {
      const bytes = pieces.map((piece) => Buffer.from(piece, 'latin1'));
      expect(saidBy(await read(bytes))).toEqual(saidBy(await read(bytes, { comparing: false })));
    }
  });

  const like = JSON.stringify(text('@'));
  it.each<[what: string, like: string]>([
    ['the key is written in another way behind it', like.replace('"@"', '"@","\\u0063ontent":"v"')],
    ['the key is there again behind it', like.replace('"@"', '"@","content": "v"')],
    ['the key is that of the chunk itself', `{"content":"@",${like.replace('@', 'v').slice(1)}`],
    ['the key behind it is that of the chunk itself', like.replace(':"@"', ': "v"').replace(/}$/, ',"content":"@"}')],
    ['there is no key at all', like.replace('"content":"@"', '"refusal":null').replace('gen-1', '@')],
    ['more than text is in the chunk', like.replace(/}$/, ',"debug":{"of":"@"}}')],
  ])('are not taken for it where %s', async (_what, shape) => {
    const events = ['v', 'v', 'v', 'w', 'v', 'x'].map((content) => eventOf(shape.replace('@', content)));
    const pieces = [begun, ...events, end];
    expect(saidBy(await read(pieces))).toEqual(saidBy(await read(pieces, { comparing: false })));
  });

  it('are not taken for it where a byte is not the character that it would be alone', async () => {
    const { model } = text('');
    const events = ['a', 'b', 'c', 'd'].map((content) => eventOf({ ...text(content), model: 'é' }));
    const broken = Buffer.from(eventOf(text('e')).replace(model, '\u00e9'), 'latin1');
    const { chunks } = await read([begun, ...events, broken, end]);
    expect(chunks.at(-2)?.model).toBe('\ufffd');
  });

  it('may be too large', async () => {
    const pieces = [begun, eventOf(text('x'.repeat(300))), end];
    const limits = { eventBytes: 250 };
    expect((await read(pieces, limits)).failure).toMatch('limits.eventBytes');
    expect(saidBy(await read(pieces, limits))).toEqual(saidBy(await read(pieces, { ...limits, comparing: false })));
  });
});

describe('any stream', () => {
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(' the', 'a', '', '\n', '"', '\\', '“', '漢字', '🙂', 'content', '\u2028') },
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const more = fc.constantFrom<Record<string, unknown>>(
    {},
    {},
    {},
    { usage: null },
    { created: 7 },
    { error: null },
    { citations: [] },
    { debug: {} },
    { model: '"content":"' },
    { note: 'content' },
    { provider: 'Zürich' },
  );
  const choice = fc.constantFrom<Record<string, unknown>>(
    {},
    {},
    {},
    { index: 1 },
    { logprobs: { content: [] } },
    { finish_reason: '' },
    { native_finish_reason: null, logprobs: null },
    { message: { content: 'x' } },
  );
  const delta = fc.constantFrom<Record<string, unknown>>(
    {},
    {},
    {},
    { reasoning: '' },
    { reasoning: 'hm' },
    { reasoning: null, reasoning_details: [] },
    { refusal: '' },
    { tool_calls: null },
    { role: [] },
    { reasoning_details: 'hm' },
    { reasoning_details: [{ type: 'reasoning.text', text: 'hm' }] },
    { role: 'user', refusal: '' },
    { name: 'x' },
    { content: null },
  );
  const ways = fc.nat(20);
  const shape = fc.tuple(more, choice, delta, ways);
  const eventIn = ([moreOfChunk, moreOfChoice, moreOfDelta, way]: Shape, content: string): string => {
    const chunk = chunkOf({ content, ...moreOfDelta }, moreOfChoice, moreOfChunk);
    const json = JSON.stringify(chunk);
    const quoted = JSON.stringify(content);
    if (way === 0) return keepAlive + eventOf(json);
    if (way === 1) return eventOf(json.replace(`"content":`, '"content": '));
    if (way === 2) return eventOf(json.replace(`"content":${quoted}`, `"content":${quoted},"\\u0063ontent":"later"`));
    if (way === 3) return eventOf(json.replace(`"content":${quoted}`, `"content":${quoted},"content": "later"`));
    if (way === 4) return eventOf(json.replace(`"content":${quoted}`, `"\\u0063ontent":"first","content":${quoted}`));
    if (way === 5) return eventOf(json).replaceAll('\n', '\r\n');
    if (way === 6) return eventOf({ ...chunk, choices: [...chunk.choices, ...chunk.choices] });
    if (way === 7) return eventOf({ content, ...chunk, choices: [{ delta: {} }] });
    if (way === 8) return eventOf(json.replace(`"content":${quoted}`, `"note":${quoted},"content":${quoted}`));
    return eventOf(json);
  };
  // What differs from event to event in a stream is mostly the text.
  const stretch = fc
    .tuple(shape, fc.array(piece, { minLength: 1, maxLength: 5 }))
    .map(([like, contents]) => [contents[0] ?? '', ...contents].map((content) => eventIn(like, content)).join(''));
  const stream = fc.tuple(fc.array(stretch, { maxLength: 6 }), fc.array(fc.nat(2000), { maxLength: 6 }));

  it('is the same answer whether it is compared or parsed, and however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(stream, async ([stretches, cuts]) => {
        const bytes = Buffer.from(role + stretches.join('') + end);
        const bounds = [0, ...cuts.map((at) => at % bytes.length).sort((a, b) => a - b), bytes.length];
        const pieces = bounds.slice(1).map((to, index) => bytes.subarray(bounds[index], to));
        const parsed = saidBy(await read([bytes], { comparing: false }));
        expect(saidBy(await read([bytes]))).toEqual(parsed);
        expect(saidBy(await read(pieces))).toEqual(parsed);
      }),
      { numRuns: 1500 },
    );
  });
});
