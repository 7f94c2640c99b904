import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkOf, finish, text, usage, usageChunk } from '../../tests/support/sse-text.ts';
import { chatChunks } from '../../tests/support/chat-chunks.ts';
import { addUp } from '../../tests/support/reference-completion.ts';
import type { ChatChunk } from '../wire/chat-chunk.ts';
import type { ChatCompletion } from '../wire/chat-completion.ts';
import { CompletionAssembler } from './completion-assembler.ts';

function assemble(...chunks: readonly unknown[]): ChatCompletion {
  return assemblerOf(...chunks).completion();
}

function assemblerOf(...chunks: readonly unknown[]): CompletionAssembler {
  const assembler = new CompletionAssembler();
  for (const chunk of chunks) assembler.add(chunk as ChatChunk);
  return assembler;
}

describe('an answer put together from chunks', () => {
  it('has the shape of one that was not streamed', () => {
    expect(assemble(text('Hel'), text('lo'), finish(), usageChunk)).toEqual({
      id: 'gen-1',
      object: 'chat.completion',
      created: 1_700_000_000,
      model: 'openai/gpt-4o-mini',
      choices: [
        {
          index: 0,
          finish_reason: 'stop',
          native_finish_reason: 'stop',
          message: { role: 'assistant', content: 'Hello' },
        },
      ],
      usage,
    });
  });

  it('is empty before the first chunk', () => {
    expect(assemble()).toEqual({ id: '', object: 'chat.completion', created: 0, model: '', choices: [] });
  });

  it('keeps what nobody knows of the answer and of the choice', () => {
    const first = chunkOf(
      { content: 'a' },
      { odd: { deep: 1 }, said: 'once' },
      { provider: 'OpenAI', strange: { deep: true } },
    );
    const last = chunkOf({ content: 'b' }, { finish_reason: 'stop', odd: { deep: 2 } }, { strange: null });
    expect(assemble(first, last)).toMatchObject({
      provider: 'OpenAI',
      strange: { deep: true },
      choices: [{ odd: { deep: 2 }, said: 'once', message: { content: 'ab' } }],
    });
  });

  it('has what comes with debug chunks, which have no choices', () => {
    expect(assemble({ ...text('x'), choices: [], debug: { echo_upstream_body: { a: 1 } } }, text('a'))).toMatchObject({
      debug: { echo_upstream_body: { a: 1 } },
      choices: [{ message: { content: 'a' } }],
    });
  });

  it.each([['openrouter_metadata'], ['citations']])('has %s even when it comes with a piece of text', (name) => {
    expect(assemble(text('a'), chunkOf({ content: 'b' }, {}, { [name]: ['x'] }), text('c'))).toMatchObject({
      [name]: ['x'],
      choices: [{ message: { content: 'abc' } }],
    });
  });

  it('has the members of the first chunk that has a choice, when chunks without one come before', () => {
    expect(
      assemble(
        { choices: [] },
        { id: 'gen-2', model: 'a/b', provider: 'P', choices: [{ index: 0, delta: { content: 'a' } }] },
      ),
    ).toMatchObject({ id: 'gen-2', model: 'a/b', provider: 'P' });
  });

  it('names id and model, if they are text', () => {
    const known = assemblerOf(text('a'));
    expect([known.id, known.model]).toEqual(['gen-1', 'openai/gpt-4o-mini']);
    const unknown = assemblerOf({ id: 7, model: {}, choices: [] });
    expect([unknown.id, unknown.model]).toEqual([undefined, undefined]);
    expect(unknown.completion().id).toBe('');
  });

  it('takes the last model that was named', () => {
    expect(assemblerOf(text('a'), chunkOf({}, { finish_reason: 'stop' }, { model: 'b/c' })).model).toBe('b/c');
  });
});

describe('the usage of an answer', () => {
  it.each([
    ['without choices', usageChunk],
    ['with the finish reason again', { ...finish(), usage }],
    ['with a finish reason that is null', chunkOf({ content: '' }, {}, { usage })],
    ['without the member choices', { id: 'gen-1', usage }],
  ])('is taken from a chunk %s', (_, chunk) => {
    const assembler = assemblerOf(text('a'), finish(), chunk);
    expect(assembler.usage).toEqual(usage);
    expect(assembler.completion()).toMatchObject({
      usage,
      choices: [{ finish_reason: 'stop', message: { content: 'a' } }],
    });
  });

  it('is the last that came, and null takes nothing back', () => {
    expect(
      assemblerOf({ ...text('a'), usage: { total_tokens: 1 } }, { ...text('b'), usage }, { ...text('c'), usage: null })
        .usage,
    ).toEqual(usage);
  });

  it('is none when it is not an object', () => {
    expect(assemblerOf(text('a')).usage).toBeUndefined();
    expect(assemblerOf({ ...text('a'), usage: null }).usage).toBeUndefined();
    expect(assemblerOf({ ...text('a'), usage: 'much' }).usage).toBeUndefined();
  });

  it('may come with a piece of text in every chunk', () => {
    expect(
      assemble({ ...text('a'), usage: null }, { ...text('b'), usage: null }, { ...text('c'), usage }),
    ).toMatchObject({ usage, choices: [{ message: { content: 'abc' } }] });
  });
});

describe('the finish reason of an answer', () => {
  it('is null as long as none came', () => {
    expect(assemble(text('a')).choices[0]?.finish_reason).toBeNull();
  });

  it('is the last that came, however often it is said', () => {
    expect(
      assemble(
        text('a'),
        finish('length'),
        finish('length'),
        chunkOf({ content: '' }),
        chunkOf({ content: '' }, { finish_reason: '' }),
      ).choices[0]?.finish_reason,
    ).toBe('length');
    expect(assemble(text('a'), finish('stop'), finish('tool_calls')).choices[0]?.finish_reason).toBe('tool_calls');
  });

  it('does not hide what comes after it', () => {
    expect(assemble(text('a'), finish(), text('b')).choices[0]?.message.content).toBe('ab');
  });

  it('may be empty in every chunk', () => {
    expect(
      assemble(chunkOf({ content: 'a' }, { finish_reason: '' }), chunkOf({ content: 'b' }, { finish_reason: '' }))
        .choices,
    ).toEqual([{ index: 0, finish_reason: null, message: { role: 'assistant', content: 'ab' } }]);
  });
});

describe('the log probabilities of an answer', () => {
  it('are joined list by list', () => {
    const piece = (token: string): ChatChunk =>
      chunkOf({ content: token }, { logprobs: { content: [{ token }], refusal: null } });
    expect(
      assemble(piece('a'), piece('b'), chunkOf({}, { logprobs: { refusal: [{ token: 'c' }] } })).choices[0]?.logprobs,
    ).toEqual({ content: [{ token: 'a' }, { token: 'b' }], refusal: [{ token: 'c' }] });
  });

  it('are left out when there are none', () => {
    expect(
      assemble(chunkOf({ content: 'a' }, { logprobs: null }), chunkOf({ content: 'b' }, { logprobs: {} })).choices[0],
    ).not.toHaveProperty('logprobs');
  });

  it('are kept when they are not what they should be', () => {
    expect(assemble(chunkOf({ content: 'a' }, { logprobs: -0.5 })).choices[0]?.logprobs).toBe(-0.5);
    expect(assemble(text('a'), chunkOf({ content: 'a' }, { logprobs: -0.5 })).choices[0]?.logprobs).toBe(-0.5);
  });

  it.each([['__proto__'], ['toString'], ['constructor']])('may have a list that is called %s', (name) => {
    const chunk = JSON.parse(`{"choices":[{"index":0,"delta":{},"logprobs":{"${name}":[1]}}]}`);
    expect(JSON.stringify(assemble(chunk, chunk).choices[0]?.logprobs)).toBe(`{"${name}":[1,1]}`);
  });

  it('do not change when more comes', () => {
    const assembler = assemblerOf(chunkOf({}, { logprobs: { content: [1] } }));
    const before = assembler.completion();
    assembler.add(chunkOf({}, { logprobs: { content: [2] } }));
    expect(before.choices[0]?.logprobs).toEqual({ content: [1] });
    expect(assembler.completion().choices[0]?.logprobs).toEqual({ content: [1, 2] });
  });
});

describe('several choices', () => {
  const piece = (index: unknown, content: string): unknown => ({
    ...text(''),
    choices: [{ index, delta: { content }, finish_reason: null }],
  });

  it('are kept apart and put in order', () => {
    expect(
      assemble(piece(1, 'x'), piece(0, 'a'), piece(1, 'y'), piece(0, 'b')).choices.map(({ index, message }) => [
        index,
        message.content,
      ]),
    ).toEqual([
      [0, 'ab'],
      [1, 'xy'],
    ]);
  });

  it('may come in one chunk', () => {
    const both = {
      ...text(''),
      choices: [
        { index: 0, delta: { content: 'a' } },
        { index: 1, delta: { content: 'x' } },
      ],
    };
    expect(assemble(both, both).choices.map(({ message }) => message.content)).toEqual(['aa', 'xx']);
  });

  it('are one when they have no index, or one that is not a number', () => {
    expect(assemble(piece(undefined, 'a'), piece(null, 'b'), piece('0', 'c'), piece(0, 'd')).choices).toEqual([
      { index: 0, finish_reason: null, message: { role: 'assistant', content: 'abcd' } },
    ]);
    expect(assemble(piece('7', 'a')).choices).toMatchObject([{ index: 0 }]);
  });
});

describe('a chunk that is not what it should be', () => {
  it.each([
    ['no choices', {}],
    ['choices that are null', { choices: null }],
    ['choices that are no list', { choices: 'a' }],
    ['a choice that is null', { choices: [null] }],
    ['a choice that is text', { choices: ['a'] }],
    ['a delta that is null', { choices: [{ index: 0, delta: null }] }],
    ['a delta that is text', { choices: [{ index: 0, delta: 'x' }] }],
    ['no delta', { choices: [{ index: 0 }] }],
  ])('may have %s, wherever it comes', (_, chunk) => {
    expect(assemble(chunk, text('a'), chunk, text('b'), chunk, finish()).choices).toStrictEqual([
      { index: 0, finish_reason: 'stop', native_finish_reason: 'stop', message: { role: 'assistant', content: 'ab' } },
    ]);
  });

  it('is read for what else it says when it has no delta', () => {
    expect(assemble(text('a'), { provider: 'P', choices: [{ index: 0, delta: null, odd: 1 }] })).toMatchObject({
      provider: 'P',
      choices: [{ odd: 1 }],
    });
  });

  it('cannot change what an object is', () => {
    const evil = JSON.parse(
      '{"__proto__":{"usage":{"total_tokens":9},"id":"evil"},"choices":[{"index":0,"__proto__":{"finish_reason":"stop"},"delta":{"content":"a"}}]}',
    );
    const assembler = assemblerOf(evil);
    expect([assembler.usage, assembler.id]).toEqual([undefined, undefined]);
    const completion = assembler.completion();
    expect(Object.getPrototypeOf(completion)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(completion.choices[0])).toBe(Object.prototype);
    expect(completion.choices[0]?.finish_reason).toBeNull();
    expect(JSON.stringify(completion)).toContain('"__proto__":{"usage":{"total_tokens":9},"id":"evil"}');
  });
});

it('does not change what it was given', () => {
  const chunks = [
    text('a'),
    chunkOf({ reasoning_details: [{ type: 'reasoning.text', text: 'x' }], images: [{ image_url: { url: 'data:,' } }] }),
    finish(),
    usageChunk,
  ];
  const before = JSON.stringify(chunks);
  const assembler = assemblerOf(...chunks);
  assembler.completion();
  assembler.completion();
  expect(JSON.stringify(chunks)).toBe(before);
});

it('adds chunks up to what a plain loop over them adds up to', () => {
  fc.assert(
    fc.property(chatChunks, (chunks) => {
      expect(assemble(...chunks)).toEqual(addUp(chunks));
    }),
  );
});

it('adds a prefix of the chunks up to a prefix of the text', () => {
  fc.assert(
    fc.property(chatChunks, (chunks) => {
      const textOf = (completion: ChatCompletion): string =>
        completion.choices.find(({ index }) => index === 0)?.message.content ?? '';
      const whole = textOf(assemble(...chunks));
      const assembler = new CompletionAssembler();
      for (const chunk of chunks) {
        assembler.add(chunk);
        expect(whole.startsWith(textOf(assembler.completion()))).toBe(true);
      }
    }),
  );
});
