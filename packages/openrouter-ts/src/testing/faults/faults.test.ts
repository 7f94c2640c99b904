import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterKeepAlives,
  badBytes,
  endAfter,
  failure,
  FakeClock,
  joined,
  late,
  oneOf,
  reply,
  Simulator,
  slowDrip,
  sometimes,
  splitAt,
  splitEvery,
  splitRandomly,
  usual,
  withHead,
} from '../index.ts';
import type { SimulatedResponse, SimulatorOptions } from '../index.ts';

const text = 'Grüße 👩‍👩‍👧, zwei Wörter mehr.';

async function piecesOf(response: SimulatedResponse, options: SimulatorOptions = {}): Promise<readonly Uint8Array[]> {
  const simulator = new Simulator({ clock: new FakeClock(), ...options }).next(response);
  const { body } = await simulator.fetch('https://openrouter.ai/api/v1/chat/completions', {
    method: 'POST',
    headers: { authorization: 'Bearer key' },
    body: JSON.stringify({ model: 'openai/gpt-4o-mini', prompt: 'Hi', stream: true }),
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of body ?? []) pieces.push(piece);
  return pieces;
}

function join(pieces: readonly Uint8Array[]): string {
  return new TextDecoder().decode(Buffer.concat(pieces));
}

describe('cutting a body up', () => {
  it('does not change what it says, wherever the cuts are', async () => {
    const whole = join(await piecesOf(reply(text)));
    const everyByte = await piecesOf(splitEvery(reply(text)));
    expect(join(everyByte)).toBe(whole);
    expect(everyByte.every((piece) => piece.length === 1)).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat({ max: whole.length })), async (cuts) => {
        expect(join(await piecesOf(splitAt(reply(text), ...cuts.sort((a, b) => a - b))))).toBe(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('happens exactly where it is said', async () => {
    const sizes = (await piecesOf(splitAt(reply(text), 5, 12))).map((piece) => piece.length);
    expect(sizes.slice(0, 2)).toEqual([5, 7]);
    expect(sizes).toHaveLength(3);
  });

  it('is decided by the seed if it is random', async () => {
    const sizes = async (seed: number): Promise<readonly number[]> =>
      (await piecesOf(splitRandomly(reply(text), 9), { seed })).map((piece) => piece.length);
    expect(await sizes(1)).toEqual(await sizes(1));
    expect(await sizes(1)).not.toEqual(await sizes(2));
    expect(Math.max(...(await sizes(1)))).toBeLessThanOrEqual(9);
  });

  it('can be undone', async () => {
    const pieces = await piecesOf(joined(splitEvery(reply(text))));
    expect(pieces).toHaveLength(1);
  });
});

describe('ending early', () => {
  it('lets so many events through, not counting comments', async () => {
    const pieces = await piecesOf(endAfter(reply({ content: text, keepAlives: 3 }), { events: 2 }));
    const lines = pieces.map((piece) => join([piece]).slice(0, 5));
    expect(lines).toEqual([': OPE', ': OPE', ': OPE', 'data:', 'data:']);
  });

  it('lets so many bytes through', async () => {
    const whole = join(await piecesOf(reply(text)));
    expect(join(await piecesOf(endAfter(reply(text), { bytes: 100 })))).toBe(whole.slice(0, 100));
    expect(join(await piecesOf(endAfter(reply(text), { bytes: 1_000_000 })))).toBe(whole);
  });
});

describe('bad bytes', () => {
  it('stand where they are put, across pieces too', async () => {
    const whole = Buffer.concat(await piecesOf(reply(text)));
    const bad = Buffer.concat(await piecesOf(badBytes(splitEvery(reply(text), 7), { at: 6 })));
    expect([...bad.subarray(6, 8)]).toEqual([0xff, 0xfe]);
    expect(bad.subarray(8)).toEqual(whole.subarray(8));
  });
});

describe('taking time', () => {
  it('drips by the clock', async () => {
    const clock = new FakeClock();
    const pieces = piecesOf(slowDrip(reply(text), { bytes: 100, everyMs: 10 }), { clock });
    const count = (await clock.runUntil(pieces)).length;
    expect(clock.now()).toBe(count * 10);
  });

  it('is late with everything, headers included', async () => {
    const clock = new FakeClock();
    await clock.runUntil(piecesOf(late(reply(text), 5_000), { clock }));
    expect(clock.now()).toBe(5_000);
  });

  it('sends keep-alives first', async () => {
    const clock = new FakeClock();
    const slow = afterKeepAlives(reply({ content: text, keepAlives: 0 }), { everyMs: 100, count: 4 });
    const said = join(await clock.runUntil(piecesOf(slow, { clock })));
    expect(said.startsWith(': OPENROUTER PROCESSING\n\n'.repeat(4) + 'data: {')).toBe(true);
    expect(clock.now()).toBe(400);
  });

  it('takes about as long as a real model at human pace', async () => {
    const clock = new FakeClock();
    const pieces = await clock.runUntil(piecesOf(usual, { clock, pace: 'human' }));
    expect(pieces.length).toBeGreaterThan(30);
    expect(clock.now()).toBeGreaterThan(1_000);
    expect(clock.now()).toBeLessThan(10_000);
  });

  it('is as fast as the pace says', async () => {
    const clock = new FakeClock();
    const pace = { firstMs: 300, chunkMs: 20 };
    await clock.runUntil(piecesOf(reply({ content: ['a', 'b', 'c'], pace }), { clock }));
    expect(clock.now()).toBe(360);
  });
});

describe('another head', () => {
  it('replaces and removes what is said, and leaves the rest', async () => {
    const change = { status: 206, headers: { 'content-type': 'text/plain', 'x-generation-id': undefined } };
    const simulator = new Simulator().next(withHead(reply(text), change));
    const { status, headers } = await simulator.fetch('https://openrouter.ai/api/v1/chat/completions', {
      method: 'POST',
    });
    expect([status, headers.get('content-type'), headers.has('x-generation-id')]).toEqual([206, 'text/plain', false]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('choosing', () => {
  async function statuses(response: SimulatedResponse): Promise<readonly number[]> {
    const simulator = new Simulator().when({}, response);
    const get = async (): Promise<number> => (await simulator.fetch('https://openrouter.ai/api/v1/models')).status;
    const found = [];
    for (let index = 0; index < 400; index += 1) found.push(await get());
    return found;
  }

  it('happens about as often as it should, and otherwise all is as usual', async () => {
    const found = await statuses(sometimes(0.25, failure(500)));
    expect(new Set(found)).toEqual(new Set([200, 500]));
    expect(Math.abs(found.filter((status) => status === 500).length - 100)).toBeLessThan(30);
  });

  it('takes each of several', async () => {
    expect(new Set(await statuses(oneOf(failure(502), failure(503), withHead(usual, { status: 299 }))))).toEqual(
      new Set([299, 502, 503]),
    );
  });
});
