import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LimitExceededError } from '../errors/limit-exceeded-error.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { AbortScope } from '../util/abort-scope.ts';
import type { Progress } from './progress.ts';
import { decode } from './decode.ts';
import { readBody } from './read-body.ts';
import type { ReadContext } from './read-context.ts';
import type { TransportResponse } from './transport.ts';

function context(progress?: Progress, answerBytes = 1000, eventBytes = 1000): ReadContext {
  const scope = new AbortScope();
  return {
    request: {
      method: 'POST',
      path: '/x',
      stream: false,
      scope,
      attempts: [],
      settings: {},
      reached: { phase: 'unsent', generationId: undefined },
      progress,
    },
    clock: new FakeClock(),
    limits: { eventBytes, answerBytes, errorBytes: 1000 },
    scope,
    generationId: 'gen-1',
  };
}

function response(...pieces: readonly (string | Uint8Array)[]): TransportResponse {
  return { status: 200, headers: {}, body: bytes(pieces) };
}

async function* bytes(pieces: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array, void> {
  for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

describe('a body', () => {
  it.each([[[]], [['']], [['{"a":1}']], [['{"a"', '', ':1}']], [['', '{}']]])(
    'of the pieces %j is their text',
    async (pieces) => {
      await expect(readBody(response(...pieces), context())).resolves.toBe(pieces.join(''));
    },
  );

  it('is the same text wherever it is cut, even within a character', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.array(fc.nat(200)), async (text, cuts) => {
        const whole = Buffer.from(text);
        const at = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const pieces = at.slice(1).map((end, index) => whole.subarray(at[index], end));
        await expect(readBody(response(...pieces), context())).resolves.toBe(text);
      }),
    );
  });

  it('is the same text with a quicker decoder, whatever the bytes are', () => {
    const quick = (bytes: Uint8Array, start: number, end: number): string =>
      Buffer.from(bytes.subarray(start, end)).toString('utf8');
    const mark = new Uint8Array([0xef, 0xbb, 0xbf]);
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.constant(mark))), (pieces) => {
        const size = pieces.reduce((sum, { length }) => sum + length, 0);
        expect(decode(pieces, size, quick)).toBe(decode(pieces, size));
      }),
    );
    expect(decode([mark, mark], 6, quick)).toBe('\ufeff');
  });

  it('is without its byte order mark, and with a sign for what is not UTF-8', async () => {
    await expect(readBody(response('\ufeff{}'), context())).resolves.toBe('{}');
    await expect(readBody(response('\ufeff', '{}'), context())).resolves.toBe('{}');
    await expect(readBody(response(Uint8Array.of(0x61, 0xff, 0x62)), context())).resolves.toBe('a\ufffdb');
  });

  it('tells who wants to know when it waits and when bytes came', async () => {
    const told: string[] = [];
    const progress = { waiting: () => told.push('waiting'), bytes: () => told.push('bytes') };
    await readBody(response('a', 'b'), context(progress));
    expect(told).toEqual(['waiting', 'bytes', 'waiting', 'bytes', 'waiting']);
  });

  it('fails as its connection does', async () => {
    const reset = new Error('reset');
    const broken = {
      ...response(),
      body: {
        [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(reset) }),
      },
    };
    await expect(readBody(broken, context())).rejects.toBe(reset);
  });

  it('is no answer where the attempt ended while it came, even if its connection closed in good order', async () => {
    const attempt = context();
    const reason = new Error('enough');
    async function* untilAborted(): AsyncGenerator<Uint8Array, void> {
      yield Buffer.from('{"a":');
      attempt.scope.abort(reason);
    }
    await expect(readBody({ ...response(), body: untilAborted() }, attempt)).rejects.toBe(reason);
  });
});

describe('a body that is too large', () => {
  it('is one byte larger than allowed', async () => {
    await expect(readBody(response('1234', '5678'), context(undefined, 8))).resolves.toBe('12345678');
    await expect(readBody(response('1234', '56789'), context(undefined, 8))).rejects.toBeInstanceOf(LimitExceededError);
  });

  it('is held in one piece, and so no larger than one event may be', async () => {
    await expect(readBody(response('1234', '5678'), context(undefined, 9, 8))).resolves.toBe('12345678');
    await expect(readBody(response('1234', '56789'), context(undefined, 9, 8))).rejects.toMatchObject({
      limit: 8,
      message: 'The answer is larger than 8 bytes. Raise limits.eventBytes if that is expected.',
    });
  });

  it('closes the connection, and says which option raises the limit', async () => {
    const attempt = context(undefined, 8);
    const failure: unknown = await readBody(response('123456789'), attempt).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      limit: 8,
      phase: 'streaming',
      billing: 'possible',
      generationId: 'gen-1',
      retryable: false,
    });
    expect(failure).toHaveProperty(
      'message',
      'The answer is larger than 8 bytes. Raise limits.answerBytes if that is expected.',
    );
    expect(attempt.scope.reason).toBe(failure);
  });
});

describe('decode', () => {
  it('joins pieces in their order', () => {
    expect(decode([Buffer.from('a'), Buffer.from('bc'), Buffer.from('d')], 4)).toBe('abcd');
    expect(decode([Buffer.from('abc')], 3)).toBe('abc');
    expect(decode([], 0)).toBe('');
  });
});
