import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReasoningDetail } from '../wire/reasoning-detail.ts';
import { ReasoningAssembler } from './reasoning-assembler.ts';

function assemble(...deltas: readonly unknown[]): readonly ReasoningDetail[] {
  const assembler = new ReasoningAssembler();
  for (const delta of deltas) assembler.add(delta);
  return assembler.details();
}

describe('pieces of one thought', () => {
  it.each([
    ['reasoning.text', 'text'],
    ['reasoning.summary', 'summary'],
    ['reasoning.encrypted', 'data'],
  ])('of the type %s become one whose %s grows', (type, member) => {
    const format = 'anthropic-claude-v1';
    expect(
      assemble(
        { type, [member]: 'One', id: 'r1', format, index: 0 },
        { type, [member]: ' two', index: 0 },
        { type, [member]: ' three', index: 0 },
      ),
    ).toEqual([{ type, [member]: 'One two three', id: 'r1', format, index: 0 }]);
  });

  it('may have their signature alone, after the text', () => {
    const format = 'anthropic-claude-v1';
    expect(
      assemble(
        { type: 'reasoning.text', text: 'Hm', format, index: 0 },
        { type: 'reasoning.text', signature: 'c2ln', format, index: 0 },
      ),
    ).toEqual([{ type: 'reasoning.text', text: 'Hm', signature: 'c2ln', format, index: 0 }]);
  });

  it.each([[null], ['']])('keep signature, id and format when %j comes after them', (nothing) => {
    const first = { type: 'reasoning.text', text: 'Hm', signature: 'c2ln', id: 'r1', format: 'unknown', index: 0 };
    expect(
      assemble(first, {
        type: 'reasoning.text',
        text: nothing,
        signature: nothing,
        id: nothing,
        format: nothing,
        index: 0,
      }),
    ).toEqual([first]);
  });

  it('take signature, id and format when they come late, and the last that came', () => {
    expect(
      assemble(
        { type: 'reasoning.text', text: 'Hm', signature: null, id: null, format: null, index: 0 },
        { type: 'reasoning.text', text: '…', signature: 'old', id: 'r1', format: 'unknown', index: 0 },
        { type: 'reasoning.text', signature: 'new', index: 0 },
      ),
    ).toEqual([{ type: 'reasoning.text', text: 'Hm…', signature: 'new', id: 'r1', format: 'unknown', index: 0 }]);
  });

  it('may lack the index after the first, or from the beginning', () => {
    expect(
      assemble(
        { type: 'reasoning.text', text: 'One', index: 3 },
        { type: 'reasoning.text', text: ' two' },
        { type: 'reasoning.text', text: ' three', index: null },
      ),
    ).toEqual([{ type: 'reasoning.text', text: 'One two three', index: 3 }]);
    expect(assemble({ type: 'reasoning.text', text: 'One' }, { type: 'reasoning.text', text: ' two' })).toEqual([
      { type: 'reasoning.text', text: 'One two' },
    ]);
  });

  it('keep an empty text, and a text that is null', () => {
    expect(assemble({ type: 'reasoning.text', text: '', signature: 'c2ln' })).toEqual([
      { type: 'reasoning.text', text: '', signature: 'c2ln' },
    ]);
    expect(assemble({ type: 'reasoning.text', text: null, signature: 'c2ln' })).toEqual([
      { type: 'reasoning.text', text: null, signature: 'c2ln' },
    ]);
    expect(
      assemble({ type: 'reasoning.encrypted', data: null, id: 'r1' }, { type: 'reasoning.encrypted', data: 'blob' }),
    ).toEqual([{ type: 'reasoning.encrypted', data: 'blob', id: 'r1' }]);
  });

  it('add no text of their own', () => {
    expect(assemble({ type: 'reasoning.text', signature: 'c2ln' })).toEqual([
      { type: 'reasoning.text', signature: 'c2ln' },
    ]);
  });

  it('let only their own member grow', () => {
    expect(
      assemble(
        { type: 'reasoning.text', text: 'a', data: 'x', summary: 's' },
        { type: 'reasoning.text', text: 'b', data: 'y' },
      ),
    ).toEqual([{ type: 'reasoning.text', text: 'ab', data: 'y', summary: 's' }]);
  });
});

describe('a new thought', () => {
  it('begins with another index', () => {
    expect(
      assemble(
        { type: 'reasoning.text', text: 'One', index: 0 },
        { type: 'reasoning.text', text: 'Two', index: 1 },
        { type: 'reasoning.text', text: '!', index: 1 },
      ),
    ).toEqual([
      { type: 'reasoning.text', text: 'One', index: 0 },
      { type: 'reasoning.text', text: 'Two!', index: 1 },
    ]);
  });

  it('begins with an index where there was none', () => {
    expect(
      assemble({ type: 'reasoning.text', text: 'One' }, { type: 'reasoning.text', text: 'Two', index: 0 }),
    ).toHaveLength(2);
  });

  it('begins with another type, at the same index too', () => {
    expect(
      assemble(
        { type: 'reasoning.summary', summary: 'One', index: 0 },
        { type: 'reasoning.encrypted', data: 'blob', id: 'r1', index: 0 },
        { type: 'reasoning.text', text: 'Two', index: 0 },
        { type: 'reasoning.text', text: '!', index: 0 },
      ),
    ).toEqual([
      { type: 'reasoning.summary', summary: 'One', index: 0 },
      { type: 'reasoning.encrypted', data: 'blob', id: 'r1', index: 0 },
      { type: 'reasoning.text', text: 'Two!', index: 0 },
    ]);
  });

  it('begins when an index or a type comes back after another', () => {
    expect(
      assemble(
        { type: 'reasoning.text', text: 'One', index: 0 },
        { type: 'reasoning.text', text: 'Two', index: 1 },
        { type: 'reasoning.text', text: 'Three', index: 0 },
      ).map(({ text }) => text),
    ).toEqual(['One', 'Two', 'Three']);
  });

  it('begins with an encrypted blob that has another id', () => {
    const first = { type: 'reasoning.encrypted', data: 'AAAA', id: 'r1', index: 0 };
    const second = { type: 'reasoning.encrypted', data: 'BBBB', id: 'r2', index: 0 };
    expect(assemble(first, second)).toEqual([first, second]);
  });

  it('does not begin with a piece of an encrypted blob that has the same id, or none', () => {
    const first = { type: 'reasoning.encrypted', data: 'AA', id: 'r1', index: 0 };
    expect(
      assemble(first, { ...first, data: 'BB' }, { type: 'reasoning.encrypted', data: 'CC', id: null, index: 0 }),
    ).toEqual([{ ...first, data: 'AABBCC' }]);
    expect(assemble({ type: 'reasoning.encrypted', data: 'AA', index: 0 }, { ...first, data: 'BB' })).toEqual([
      { ...first, data: 'AABB' },
    ]);
  });

  it('does not begin with a piece of text that has another id', () => {
    expect(
      assemble({ type: 'reasoning.text', text: 'a', id: 'r1' }, { type: 'reasoning.text', text: 'b', id: 'r2' }),
    ).toEqual([{ type: 'reasoning.text', text: 'ab', id: 'r2' }]);
  });
});

describe('what nobody knows', () => {
  it('is kept as it came, piece by piece', () => {
    const call = {
      type: 'reasoning.server_tool_call',
      tool_name: 'search',
      tool_call_id: 't1',
      arguments: '{}',
      result: 'x',
      index: 0,
    };
    const odd = {
      type: 'reasoning.of_the_future',
      text: 'a',
      index: 0,
      depth: { of: [1, null, 'x'] },
      empty: '',
      nothing: null,
    };
    expect(assemble(call, call, odd, odd)).toEqual([call, call, odd, odd]);
  });

  it('is kept without a type, too', () => {
    expect(
      assemble(
        { text: 'a' },
        { text: 'b' },
        { type: 7 },
        { type: 'toString', text: 'c' },
        { type: 'toString', text: 'd' },
      ),
    ).toEqual([
      { text: 'a' },
      { text: 'b' },
      { type: 7 },
      { type: 'toString', text: 'c' },
      { type: 'toString', text: 'd' },
    ]);
  });

  it('is kept beside what is known, as it was last said', () => {
    expect(
      assemble(
        { type: 'reasoning.text', text: 'a', mood: 'calm', odd: [1] },
        { type: 'reasoning.text', text: 'b', mood: 'sure' },
      ),
    ).toEqual([{ type: 'reasoning.text', text: 'ab', mood: 'sure', odd: [1] }]);
  });

  it('is kept even when it is called __proto__', () => {
    const [detail] = assemble(
      JSON.parse('{"type":"reasoning.text","text":"a","__proto__":{"polluted":1}}'),
      JSON.parse('{"type":"reasoning.text","text":"b","__proto__":{"polluted":2}}'),
    );
    expect(Object.getPrototypeOf(detail)).toBe(Object.prototype);
    expect(JSON.stringify(detail)).toBe('{"type":"reasoning.text","__proto__":{"polluted":2},"text":"ab"}');
  });

  it.each([[null], ['text'], [7], [[{ type: 'reasoning.text' }]], [undefined]])(
    'is left out when it is no detail: %j',
    (delta) => {
      expect(assemble(delta)).toEqual([]);
    },
  );
});

it('can be looked at in between without harm', () => {
  const assembler = new ReasoningAssembler();
  assembler.add({ type: 'reasoning.text', text: 'One' });
  const before = assembler.details();
  assembler.add({ type: 'reasoning.text', text: ' two', signature: 'c2ln' });
  expect(before).toEqual([{ type: 'reasoning.text', text: 'One' }]);
  expect(assembler.details()).toEqual([{ type: 'reasoning.text', text: 'One two', signature: 'c2ln' }]);
});

it('gives back whole thoughts however they were cut', () => {
  const thought = fc.record({
    type: fc.constantFrom('reasoning.text', 'reasoning.summary', 'reasoning.encrypted'),
    content: fc.string({ minLength: 1 }),
    signature: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(
      fc.array(thought, { maxLength: 6 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 5 })),
      (thoughts, sizes) => {
        const member = {
          'reasoning.text': 'text',
          'reasoning.summary': 'summary',
          'reasoning.encrypted': 'data',
        } as const;
        const assembler = new ReasoningAssembler();
        const wanted = thoughts.map(({ type, content, signature }, index) => ({
          type,
          [member[type]]: content,
          index,
          ...(signature !== undefined && { signature }),
        }));
        for (const [index, { type, content, signature }] of thoughts.entries()) {
          let at = 0;
          while (at < content.length) {
            const end = at + sizes.next().value;
            assembler.add({ type, [member[type]]: content.slice(at, end), index });
            at = end;
          }
          if (signature !== undefined) assembler.add({ type, signature, index });
        }
        expect(assembler.details()).toEqual(wanted);
      },
    ),
  );
});
