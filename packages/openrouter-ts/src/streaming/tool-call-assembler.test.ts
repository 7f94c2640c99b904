import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LimitExceededError } from '../errors/limit-exceeded-error.ts';
import type { ToolCall } from '../wire/tool-call.ts';
import { ToolCallAssembler } from './tool-call-assembler.ts';

function assemble(...deltas: readonly unknown[]): readonly ToolCall[] {
  const assembler = new ToolCallAssembler();
  for (const delta of deltas) assembler.add(delta);
  return assembler.toolCalls('gen-1700000000-abcdefghijklmnop');
}

/** Id, name and arguments of each call: what a program acts upon. */
function gist(...deltas: readonly unknown[]): readonly (readonly string[])[] {
  return assemble(...deltas).map(({ id, function: { name, arguments: text } }) => [id, name, text]);
}

describe('tool calls as the specification has them', () => {
  it('begin with id, type and name, and grow by their index', () => {
    const calls = assemble(
      { index: 0, id: 'call_a', type: 'function', function: { name: 'weather', arguments: '' } },
      { index: 0, function: { arguments: '{"city":' } },
      { index: 0, function: { arguments: '"Rome"}' } },
    );
    expect(calls).toEqual([
      { index: 0, id: 'call_a', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } },
    ]);
  });

  it('may be interleaved', () => {
    expect(
      gist(
        { index: 0, id: 'a', function: { name: 'one', arguments: '{"x"' } },
        { index: 1, id: 'b', function: { name: 'two', arguments: '{"y"' } },
        { index: 0, function: { arguments: ':1}' } },
        { index: 1, function: { arguments: ':2}' } },
      ),
    ).toEqual([
      ['a', 'one', '{"x":1}'],
      ['b', 'two', '{"y":2}'],
    ]);
  });

  it('are in the order of their index, which may have gaps and come late', () => {
    const calls = assemble(
      { index: 7, id: 'c', function: { name: 'last' } },
      { index: 2, id: 'a', function: { name: 'first' } },
      { index: 4, id: 'b', function: { name: 'middle' } },
    );
    expect(calls.map((call) => [call.index, call.function.name])).toEqual([
      [2, 'first'],
      [4, 'middle'],
      [7, 'last'],
    ]);
  });

  it('are none before the first delta', () => {
    const assembler = new ToolCallAssembler();
    expect(assembler.isEmpty).toBe(true);
    expect(assembler.toolCalls('gen-1')).toEqual([]);
    assembler.add({ index: 0 });
    expect(assembler.isEmpty).toBe(false);
  });

  it('can be looked at in between without harm', () => {
    const assembler = new ToolCallAssembler();
    assembler.add({ index: 1, id: 'b', function: { name: 'two', arguments: '{' } });
    const before = assembler.toolCalls('gen-1');
    assembler.add({ index: 0, id: 'a', function: { name: 'one', arguments: '{}' } });
    assembler.add({ index: 1, function: { arguments: '}' } });
    expect(before).toMatchObject([{ function: { arguments: '{' } }]);
    expect(assembler.toolCalls('gen-1')).toMatchObject([{ id: 'a' }, { id: 'b', function: { arguments: '{}' } }]);
  });
});

describe('tool calls without an index', () => {
  it('go on where the last one was, when they name nothing', () => {
    expect(
      gist(
        { id: 'a', function: { name: 'one', arguments: '{"x"' } },
        { function: { arguments: ':1' } },
        { id: '', function: { arguments: '}' } },
      ),
    ).toEqual([['a', 'one', '{"x":1}']]);
  });

  it('are told apart by their id', () => {
    expect(
      gist(
        { id: 'a', function: { name: 'one', arguments: '{' } },
        { id: 'b', function: { name: 'two', arguments: '{' } },
        { id: 'a', function: { arguments: '}' } },
        { id: 'b', function: { arguments: '"y":2}' } },
      ),
    ).toEqual([
      ['a', 'one', '{}'],
      ['b', 'two', '{"y":2}'],
    ]);
  });

  it('are told apart by their id even if they began with an index', () => {
    expect(
      gist(
        { index: 0, id: 'a', function: { name: 'one', arguments: '{' } },
        { index: 1, id: 'b', function: { name: 'two', arguments: '{}' } },
        { id: 'a', function: { arguments: '}' } },
      ),
    ).toEqual([
      ['a', 'one', '{}'],
      ['b', 'two', '{}'],
    ]);
  });

  it('may go on under their id and name although their arguments look whole', () => {
    const piece = (part: string): unknown => ({ id: 'a', function: { name: 'one', arguments: part } });
    expect(gist(piece('{}'), piece(', "x"'))).toEqual([['a', 'one', '{}, "x"']]);
  });

  it('may repeat id and name with each piece', () => {
    expect(
      gist(
        { id: 'a', function: { name: 'one', arguments: '{"x"' } },
        { id: 'a', function: { name: 'one', arguments: ':1}' } },
      ),
    ).toEqual([['a', 'one', '{"x":1}']]);
  });

  it('may share an id, when another name comes after the arguments of the first', () => {
    expect(
      gist(
        { id: 'x', function: { name: 'one', arguments: '{}' } },
        { id: 'x', function: { name: 'two', arguments: '{"y"' } },
        { id: 'x', function: { arguments: ':2}' } },
      ),
    ).toEqual([
      ['x', 'one', '{}'],
      ['x', 'two', '{"y":2}'],
    ]);
  });

  it('may have their name in parts, before the arguments and under one id', () => {
    expect(
      gist({ id: 'a', function: { name: 'get_' } }, { id: 'a', function: { name: 'weather', arguments: '{}' } }),
    ).toEqual([['a', 'get_weather', '{}']]);
  });

  it('have neither index nor id, and come whole', () => {
    const calls = gist(
      { function: { name: 'roll', arguments: '{"sides":6}' } },
      { function: { name: 'roll', arguments: '{"sides":6}' } },
      { function: { name: 'toss', arguments: '{}' } },
    );
    expect(calls.map(([, name, text]) => [name, text])).toEqual([
      ['roll', '{"sides":6}'],
      ['roll', '{"sides":6}'],
      ['toss', '{}'],
    ]);
  });

  it('have neither index nor id, and repeat their name with each piece', () => {
    const calls = gist(
      { function: { name: 'roll', arguments: '{"a":{}' } },
      { function: { name: 'roll', arguments: '}' } },
      { function: { name: 'roll', arguments: '  ' } },
    );
    expect(calls.map(([, name, text]) => [name, text])).toEqual([['roll', '{"a":{}}  ']]);
  });

  it('have neither index nor id, and each another name', () => {
    expect(gist({ function: { name: 'one' } }, { function: { name: 'two' } }).map(([, name]) => name)).toEqual([
      'one',
      'two',
    ]);
  });

  it('begin a call even when the first one names nothing', () => {
    expect(gist({ function: { arguments: '{}' } })).toEqual([['call_0_efghijklmnop', '', '{}']]);
  });

  it.each([['0'], [-1], [0.5], [null], [{}]])('are those whose index is %j, too', (index) => {
    const calls = assemble(
      { index, id: 'a', function: { name: 'one' } },
      { index, id: 'b', function: { name: 'two' } },
    );
    expect(calls).toStrictEqual([
      { id: 'a', type: 'function', function: { name: 'one', arguments: '{}' } },
      { id: 'b', type: 'function', function: { name: 'two', arguments: '{}' } },
    ]);
  });

  it('stand among those with an index by their place', () => {
    expect(
      gist(
        { id: 'a', function: { name: 'one' } },
        { index: 0, id: 'b', function: { name: 'two' } },
        { id: 'c', function: { name: 'three' } },
      ).map(([id]) => id),
    ).toEqual(['a', 'b', 'c']);
    expect(
      gist({ index: 2, id: 'a', function: { name: 'one' } }, { id: 'b', function: { name: 'two' } }).map(([id]) => id),
    ).toEqual(['b', 'a']);
  });
});

describe('tool calls that all have the same index', () => {
  it('are told apart by a new id that comes with a name', () => {
    const calls = assemble(
      { index: 0, id: 'a', function: { name: 'one', arguments: '{}' } },
      { index: 0, id: 'b', function: { name: 'two', arguments: '{' } },
      { index: 0, function: { arguments: '}' } },
    );
    expect(calls.map(({ id, index, function: { arguments: text } }) => [id, index, text])).toEqual([
      ['a', 0, '{}'],
      ['b', 0, '{}'],
    ]);
  });

  it('may go on in turn when each piece names its id', () => {
    expect(
      gist(
        { index: 0, id: 'a', function: { name: 'one', arguments: '{' } },
        { index: 0, id: 'b', function: { name: 'two', arguments: '{' } },
        { index: 0, id: 'a', function: { name: 'one', arguments: '"x":1}' } },
        { index: 0, id: 'b', function: { arguments: '"y":2}' } },
      ),
    ).toEqual([
      ['a', 'one', '{"x":1}'],
      ['b', 'two', '{"y":2}'],
    ]);
  });

  it('are one call when the new id comes without a name: the first id stays', () => {
    expect(
      gist(
        { index: 0, id: 'a', function: { name: 'one', arguments: '{' } },
        { index: 0, id: 'other', function: { arguments: '}' } },
      ),
    ).toEqual([['a', 'one', '{}']]);
  });

  it('are one call when the first had no id yet', () => {
    expect(
      gist({ index: 0, function: { name: 'one' } }, { index: 0, id: 'a', function: { name: 'one', arguments: '{}' } }),
    ).toEqual([['a', 'one', '{}']]);
  });

  it('are two calls when only the id is the same, and not the index', () => {
    expect(
      gist(
        { index: 0, id: 'x', function: { name: 'one', arguments: '{}' } },
        { index: 1, id: 'x', function: { name: 'two', arguments: '{"y":2}' } },
      ),
    ).toEqual([
      ['x', 'one', '{}'],
      ['x', 'two', '{"y":2}'],
    ]);
  });
});

describe('the id of a tool call', () => {
  it.each([[''], [null], [undefined], [7]])('is not overwritten by %j', (id) => {
    expect(
      gist({ index: 0, id: 'a', function: { name: 'one' } }, { index: 0, id, function: { arguments: '{}' } }),
    ).toEqual([['a', 'one', '{}']]);
  });

  it('may come late', () => {
    expect(
      gist({ index: 0, id: '', function: { name: 'one' } }, { index: 0, id: 'a', function: { arguments: '{}' } }),
    ).toEqual([['a', 'one', '{}']]);
  });

  it('is made up when none came, and another one for each call', () => {
    const ids = gist({ index: 0, function: { name: 'one' } }, { index: 1, id: '', function: { name: 'two' } }).map(
      ([id]) => id,
    );
    expect(ids).toEqual(['call_0_efghijklmnop', 'call_1_efghijklmnop']);
  });

  it('is made up of letters, digits and underscores, whatever the answer is called', () => {
    const assembler = new ToolCallAssembler();
    assembler.add({ index: 0, function: { name: 'one' } });
    expect(assembler.toolCalls('a-b:c')[0]?.id).toBe('call_0_abc');
    expect(assembler.toolCalls('')[0]?.id).toBe('call_0_');
  });
});

describe('the name of a tool call', () => {
  it('may be repeated', () => {
    expect(
      gist({ index: 0, id: 'a', function: { name: 'one' } }, { index: 0, function: { name: 'one', arguments: '{}' } }),
    ).toEqual([['a', 'one', '{}']]);
  });

  it('may come in parts, or longer each time, before the arguments', () => {
    expect(
      gist({ index: 0, id: 'a', function: { name: 'get_' } }, { index: 0, function: { name: 'weather' } }),
    ).toEqual([['a', 'get_weather', '{}']]);
    expect(
      gist({ index: 0, id: 'a', function: { name: 'get_' } }, { index: 0, function: { name: 'get_weather' } }),
    ).toEqual([['a', 'get_weather', '{}']]);
  });

  it('does not grow after the arguments have begun', () => {
    expect(
      gist(
        { index: 0, id: 'a', function: { name: 'one', arguments: '{' } },
        { index: 0, function: { name: 'two', arguments: '}' } },
      ),
    ).toEqual([['a', 'one', '{}']]);
  });

  it('is empty when none came', () => {
    expect(gist({ index: 0, id: 'a', function: { arguments: '{}' } }, { index: 0, function: { name: null } })).toEqual([
      ['a', '', '{}'],
    ]);
  });
});

describe('the arguments of a tool call', () => {
  it('are an empty object when none came', () => {
    expect(
      gist(
        { index: 0, id: 'a', function: { name: 'one' } },
        { index: 1, id: 'b', function: { name: 'two', arguments: null } },
        { index: 2, id: 'c', function: { name: 'three', arguments: '' } },
      ).map(([, , text]) => text),
    ).toEqual(['{}', '{}', '{}']);
  });

  it('are the text that came, whole or not', () => {
    expect(
      gist(
        { index: 0, id: 'a', function: { name: 'one', arguments: '{"a":1}' } },
        { index: 0, function: { arguments: ', "b"' } },
      ),
    ).toEqual([['a', 'one', '{"a":1}, "b"']]);
  });

  it('may come as a document in the place of its text', () => {
    expect(gist({ index: 0, id: 'a', function: { name: 'one', arguments: { city: 'Rome' } } })).toEqual([
      ['a', 'one', '{"city":"Rome"}'],
    ]);
    expect(gist({ index: 0, id: 'a', function: { name: 'one', arguments: ['Rome'] } })).toEqual([['a', 'one', '{}']]);
  });

  it('may be said again when they are whole', () => {
    const whole = { index: 0, id: 'a', function: { name: 'one', arguments: '{"x":1}' } };
    expect(gist(whole, whole)).toEqual([['a', 'one', '{"x":1}']]);
  });

  it('may repeat themselves while they are not whole', () => {
    const piece = (text: string): unknown => ({ index: 0, id: 'a', function: { name: 'one', arguments: text } });
    expect(gist(piece('{"'), piece('{"'))).toEqual([['a', 'one', '{"{"']]);
    expect(gist(piece('1'), piece('1'))).toEqual([['a', 'one', '11']]);
  });

  it('may end in white space', () => {
    expect(
      gist(
        { index: 0, id: 'a', function: { name: 'one', arguments: '{}' } },
        { index: 0, function: { arguments: ' \n' } },
      ),
    ).toEqual([['a', 'one', '{} \n']]);
  });
});

describe('what else a tool call has', () => {
  it('is kept as it was last said', () => {
    const calls = assemble(
      { index: 0, id: 'a', type: 'custom', function: { name: 'one' }, provider_note: 'old', seen: 1 },
      { index: 0, type: '', function: { arguments: '{}' }, provider_note: 'new', seen: null },
    );
    expect(calls).toEqual([
      { provider_note: 'new', seen: 1, index: 0, id: 'a', type: 'custom', function: { name: 'one', arguments: '{}' } },
    ]);
  });

  it('is kept even when it is called __proto__', () => {
    const [call] = assemble(JSON.parse('{"index":0,"id":"a","function":{"name":"one"},"__proto__":{"polluted":true}}'));
    expect(Object.getPrototypeOf(call)).toBe(Object.prototype);
    expect(JSON.stringify(call)).toContain('"__proto__":{"polluted":true}');
    expect(JSON.parse(JSON.stringify(call)).function.name).toBe('one');
  });

  it.each([[null], ['text'], [7], [[{ index: 0 }]], [undefined]])('may be nothing at all: %j is no delta', (delta) => {
    expect(assemble(delta)).toEqual([]);
  });

  it.each([[{ index: 0 }], [{ index: 0, function: null }], [{ index: 0, function: 'one' }]])(
    'may lack the function: %j',
    (delta) => {
      expect(assemble(delta)).toEqual([
        { index: 0, id: 'call_0_efghijklmnop', type: 'function', function: { name: '', arguments: '{}' } },
      ]);
    },
  );
});

describe('the number of tool calls', () => {
  const call = (index: number): unknown => ({ index, id: `call_${index}`, function: { name: 'one' } });

  it('may be 1,024', () => {
    expect(assemble(...Array.from({ length: 1024 }, (_, index) => call(index)))).toHaveLength(1024);
  });

  it('may not be higher', () => {
    const assembler = new ToolCallAssembler();
    for (let index = 0; index < 1024; index += 1) assembler.add(call(index));
    assembler.add(call(1023));
    expect(() => assembler.add(call(1024))).toThrow(LimitExceededError);
    expect(() => assembler.add(call(1024))).toThrow(
      'The answer has more than 1024 tool calls, or one with an index above 4095.',
    );
  });

  it('is limited by the index, too', () => {
    expect(assemble(call(4095))).toHaveLength(1);
    const thrown = (() => {
      try {
        return assemble(call(4096));
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(LimitExceededError);
    expect(thrown).toMatchObject({ limit: 1024, phase: 'streaming', billing: 'possible', retryable: false });
  });
});

it('puts calls together however they are cut and mixed', () => {
  const calls = fc.array(
    fc.record({ name: fc.stringMatching(/^[a-z_]{1,12}$/), document: fc.dictionary(fc.string(), fc.jsonValue()) }),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(calls, fc.infiniteStream(fc.nat()), (wanted, numbers) => {
      const next = (most: number): number => numbers.next().value % most;
      const left = wanted.map(({ name, document }, index) => ({
        index,
        id: `call_${index}`,
        name,
        rest: JSON.stringify(document),
        begun: false,
      }));
      const assembler = new ToolCallAssembler();
      for (let open = left; open.length > 0; open = open.filter(({ rest, begun }) => rest !== '' || !begun)) {
        const call = open[next(open.length)]!;
        const piece = call.rest.slice(0, 1 + next(9));
        assembler.add({
          index: call.index,
          ...(call.begun ? {} : { id: call.id, type: 'function' }),
          function: { ...(call.begun ? {} : { name: call.name }), arguments: piece },
        });
        call.begun = true;
        call.rest = call.rest.slice(piece.length);
      }
      const made = assembler
        .toolCalls('gen-1')
        .map(({ id, function: { name, arguments: text } }) => ({ id, name, document: JSON.parse(text) }));
      expect(made).toEqual(
        wanted.map(({ name, document }, index) => ({
          id: `call_${index}`,
          name,
          document: JSON.parse(JSON.stringify(document)),
        })),
      );
    }),
  );
});
