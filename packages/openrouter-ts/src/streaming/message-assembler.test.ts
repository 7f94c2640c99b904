import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../util/json.ts';
import { MessageAssembler } from './message-assembler.ts';

/** Both ways of adding a delta must come to the same. */
const ways = [
  ['delta by delta', (assembler: MessageAssembler, delta: JsonObject) => assembler.add(delta)],
  ['by the short way', (assembler: MessageAssembler, delta: JsonObject) => assembler.addPlain(delta)],
] as const;

describe.each(ways)('a message that is put together %s', (_, add) => {
  function assemble(...deltas: readonly JsonObject[]): JsonObject {
    const assembler = new MessageAssembler();
    for (const delta of deltas) add(assembler, delta);
    return assembler.message('gen-1');
  }

  it('has no content when none came', () => {
    expect(assemble()).toStrictEqual({ role: 'assistant', content: null });
    expect(assemble({})).toStrictEqual({ role: 'assistant', content: null });
    expect(assemble({ content: null, reasoning: null, tool_calls: null })).toStrictEqual({
      role: 'assistant',
      content: null,
    });
  });

  it('has an empty content when nothing but that came', () => {
    expect(assemble({ content: '' }, { content: null })).toStrictEqual({ role: 'assistant', content: '' });
  });

  it.each([['content'], ['reasoning'], ['refusal'], ['reasoning_content']])('joins the pieces of %s', (name) => {
    expect(
      assemble({ [name]: 'One' }, { [name]: '' }, { [name]: ' two' }, { [name]: null }, { [name]: ' three' }),
    ).toStrictEqual({ role: 'assistant', content: null, [name]: 'One two three' });
  });

  it('keeps reasoning and reasoning_content apart', () => {
    expect(
      assemble({ reasoning: 'a', reasoning_content: 'a' }, { reasoning: 'b', reasoning_content: 'b' }),
    ).toStrictEqual({
      role: 'assistant',
      content: null,
      reasoning: 'ab',
      reasoning_content: 'ab',
    });
  });

  it('takes a text only as text', () => {
    const nothing = { role: 'assistant', content: null };
    expect(assemble({ content: 7, reasoning: {}, refusal: true, reasoning_content: 1 })).toStrictEqual(nothing);
    const list = [{ type: 'text', text: 'a' }];
    expect(assemble({ content: list, reasoning: list, refusal: list, audio: list })).toStrictEqual(nothing);
    expect(
      assemble({ reasoning_details: [], content: list, reasoning: list, refusal: list, audio: list }),
    ).toStrictEqual({ ...nothing, reasoning_details: [] });
  });

  it('puts the details of the reasoning together', () => {
    expect(
      assemble(
        { reasoning_details: [{ type: 'reasoning.text', text: 'a' }] },
        {
          reasoning_details: [
            { type: 'reasoning.text', text: 'b' },
            { type: 'reasoning.encrypted', data: 'x' },
          ],
        },
      ),
    ).toMatchObject({
      reasoning_details: [
        { type: 'reasoning.text', text: 'ab' },
        { type: 'reasoning.encrypted', data: 'x' },
      ],
    });
  });

  it('keeps an empty list of details, since some models want it back', () => {
    expect(assemble({ reasoning_details: [] })).toStrictEqual({
      role: 'assistant',
      content: null,
      reasoning_details: [],
    });
    expect(assemble({ reasoning_details: null })).toStrictEqual({ role: 'assistant', content: null });
  });

  it('puts the tool calls together, and has none when the list is empty', () => {
    expect(
      assemble(
        { tool_calls: [{ index: 0, id: 'a', function: { name: 'one', arguments: '{' } }] },
        { tool_calls: [{ index: 0, function: { arguments: '}' } }] },
      ),
    ).toMatchObject({
      tool_calls: [{ id: 'a', function: { name: 'one', arguments: '{}' } }],
    });
    expect(assemble({ tool_calls: [] })).toStrictEqual({ role: 'assistant', content: null });
    expect(assemble({ tool_calls: [{ index: 0, function: { name: 'one' } }] })).toMatchObject({
      tool_calls: [{ id: 'call_0_gen1' }],
    });
  });

  it('collects images and annotations in their order', () => {
    const image = (url: string): JsonObject => ({ image_url: { url } });
    const citation = (url: string): JsonObject => ({ type: 'url_citation', url_citation: { url } });
    expect(
      assemble(
        { images: [image('a'), image('b')] },
        { annotations: [citation('x')] },
        { images: [image('c')], annotations: [citation('y'), citation('z')] },
      ),
    ).toStrictEqual({
      role: 'assistant',
      content: null,
      images: [image('a'), image('b'), image('c')],
      annotations: [citation('x'), citation('y'), citation('z')],
    });
    expect(assemble({ images: [], annotations: [] })).toStrictEqual({ role: 'assistant', content: null });
    expect(assemble({ images: 'a', annotations: {} })).toStrictEqual({ role: 'assistant', content: null });
  });

  it('joins sound and transcript, and keeps what is said once', () => {
    expect(
      assemble(
        { audio: { id: 'audio_1', data: 'QUFB', transcript: 'Hel' } },
        { audio: { data: 'QkJC', transcript: null } },
        { audio: { transcript: 'lo', id: null, expires_at: 1 } },
        { audio: { expires_at: 2 } },
      ),
    ).toStrictEqual({
      role: 'assistant',
      content: null,
      audio: { id: 'audio_1', data: 'QUFBQkJC', transcript: 'Hello', expires_at: 2 },
    });
    expect(assemble({ audio: { id: 'a' } }, { audio: { id: 'b', note: 'n' } })).toMatchObject({
      audio: { id: 'b', note: 'n' },
    });
  });

  it('takes sound as it comes, even if that is odd', () => {
    expect(assemble({ audio: 'sound' })).toStrictEqual({ role: 'assistant', content: null });
    expect(assemble({ audio: { data: 7 } }, { audio: { data: 'QUFB' } })).toMatchObject({ audio: { data: 'QUFB' } });
    expect(assemble({ audio: { data: 'QUFB' } }, { audio: { data: 7 } })).toMatchObject({ audio: { data: 7 } });
    expect(Object.keys((assemble({ audio: JSON.parse('{"__proto__":1}') }) as { audio: object }).audio)).toEqual([
      '__proto__',
    ]);
  });
});

describe('a message', () => {
  function assemble(...deltas: readonly JsonObject[]): JsonObject {
    const assembler = new MessageAssembler();
    for (const delta of deltas) assembler.add(delta);
    return assembler.message('gen-1');
  }

  it('keeps what nobody knows as it was last said', () => {
    expect(
      assemble({ role: 'assistant', mood: 'calm', odd: { deep: [1] } }, { mood: 'sure', odd: null }, { mood: '' }),
    ).toStrictEqual({ role: 'assistant', mood: 'sure', odd: { deep: [1] }, content: null });
  });

  it('has the role that it was given', () => {
    expect(assemble({ role: 'tool' }, { role: null }, { role: '' })).toStrictEqual({ role: 'tool', content: null });
  });

  it('keeps a member that is called __proto__ as a member', () => {
    const message = assemble(
      JSON.parse('{"content":"a","__proto__":{"content":"evil"}}'),
      JSON.parse('{"__proto__":{"content":"worse"}}'),
    );
    expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
    expect(JSON.stringify(message)).toBe('{"role":"assistant","__proto__":{"content":"worse"},"content":"a"}');
  });

  it('does not change when more comes', () => {
    const assembler = new MessageAssembler();
    assembler.add({ content: 'a', images: [1], annotations: [1], audio: { data: 'x' }, odd: 1 });
    const before = assembler.message('gen-1');
    assembler.add({ content: 'b', images: [2], annotations: [2], audio: { data: 'y' }, odd: 2 });
    expect(before).toStrictEqual({
      role: 'assistant',
      content: 'a',
      images: [1],
      annotations: [1],
      audio: { data: 'x' },
      odd: 1,
    });
  });

  it('holds very many images without harm', () => {
    expect(
      assemble({
        images: Array.from({ length: 300_000 }, () => 1),
        annotations: Array.from({ length: 300_000 }, () => 1),
      }),
    ).toHaveProperty('images.length', 300_000);
  });
});
