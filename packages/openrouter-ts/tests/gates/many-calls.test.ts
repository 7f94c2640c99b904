import { describe, expect, it } from 'vitest';
import { OpenRouter, OpenRouterError, type Transport } from '../../src/index.ts';
import { FakeClock, seededRandom } from '../../src/testing/index.ts';
import { startScriptedServer, wait } from '../../src/testing/server/index.ts';
import { between, type Random } from '../../src/testing/seeded-random.ts';
import { faultKey, faultQuestion } from '../support/fault.ts';
import { completionOf, pieces, streamHead } from '../support/scripted-answers.ts';
import { text } from '../support/sse-text.ts';

type Answer = Awaited<ReturnType<Transport>>;

function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: (async function* body() {
      yield bytes;
    })(),
  };
}

const good = (): Answer => answer(200, completionOf());
const busy = (): Answer => answer(503, { error: { code: 503, message: 'Busy' } });

/** What a call fails with; undefined when it succeeds. */
function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Asks `count` times, so many calls at once, and counts those that succeed. */
async function succeeding(client: OpenRouter, clock: FakeClock, count: number, atOnce: number): Promise<number> {
  let succeeded = 0;
  for (let asked = 0; asked < count; asked += atOnce) {
    const calls = Array.from({ length: atOnce }, () => failureOf(client.chat.create(faultQuestion)));
    const failures = await clock.runUntil(Promise.all(calls));
    succeeded += failures.filter((failed) => failed === undefined).length;
  }
  return succeeded;
}

describe('1,000 calls at once to a server that is down', () => {
  it.each<readonly [string, () => Promise<Answer>]>([
    ['answers with 503', () => Promise.resolve(busy())],
    ['resets each connection', () => Promise.reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))],
    ['refuses each connection', () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))],
  ])('send at most 1,050 requests when it %s', async (_, respond) => {
    const clock = new FakeClock();
    let requests = 0;
    const transport: Transport = () => {
      requests += 1;
      return respond();
    };
    const client = new OpenRouter({ apiKey: faultKey, transport, clock, random: seededRandom(1) });
    expect(await succeeding(client, clock, 1_000, 1_000)).toBe(0);
    expect(requests).toBeGreaterThan(1_000);
    expect(requests).toBeLessThanOrEqual(1_050);
  });
});

describe('3,000 calls to a server that fails one request in ten', () => {
  it.each([
    ['99.7 %', {}, 2_991],
    ['99.9 % with maxRetries 3', { maxRetries: 3 }, 2_997],
  ])('succeed at least for %s', async (_, options, least) => {
    const clock = new FakeClock();
    const random = seededRandom(2);
    let requests = 0;
    const transport: Transport = () => {
      requests += 1;
      return Promise.resolve(random() < 0.1 ? busy() : good());
    };
    const client = new OpenRouter({ apiKey: faultKey, transport, clock, random: seededRandom(3), ...options });
    expect(await succeeding(client, clock, 3_000, 100)).toBeGreaterThanOrEqual(least);
    expect(requests).toBeLessThanOrEqual(3_000 * 1.15);
  });
});

/** How a server says that it wants to be asked again in so many milliseconds: at least as many, where the form is coarser. */
const hints: readonly ((
  ms: number,
  serverNow: number,
) => { readonly headers?: Record<string, string>; readonly metadata?: object })[] = [
  (ms) => ({ headers: { 'retry-after-ms': String(ms), 'retry-after': '1' } }),
  (ms) => ({ headers: { 'retry-after': String(Math.ceil(ms / 1_000)) } }),
  (ms, now) => ({ headers: { 'retry-after': new Date(Math.ceil((now + ms) / 1_000) * 1_000).toUTCString() } }),
  (ms, now) => ({ headers: { 'x-ratelimit-reset': String(now + ms) } }),
  (ms, now) => ({ headers: { 'x-ratelimit-reset': String(Math.ceil((now + ms) / 1_000)) } }),
  (ms, now) => ({ metadata: { headers: { 'X-RateLimit-Reset': String(now + ms) } } }),
];

interface Asking {
  requests: number;
  /** By the clock's `now`, in milliseconds. */
  notBefore: number;
}

/** A server whose clock is wrong by up to an hour. It refuses each call once or twice, and every call that comes back too early. */
class RefusingServer {
  refusals = 0;
  early = 0;
  /** Requests of calls that were told to wait longer than a client waits. */
  tooMany = 0;
  readonly #calls = new Map<string, Asking>();
  readonly #clock: FakeClock;
  readonly #random: Random;
  readonly #skewMs: number;

  constructor(clock: FakeClock, random: Random) {
    this.#clock = clock;
    this.#random = random;
    this.#skewMs = between(random, -3_600_000, 3_600_000);
  }

  readonly transport: Transport = ({ headers }) => {
    const id = headers['x-call'] ?? '';
    const call = this.#calls.get(id) ?? { requests: 0, notBefore: 0 };
    this.#calls.set(id, call);
    call.requests += 1;
    if (this.#clock.now() < call.notBefore) this.early += 1;
    if (call.notBefore === Infinity) this.tooMany += 1;
    return Promise.resolve(call.requests <= 1 + (Number(id) % 2) ? this.#refuse(call) : good());
  };

  #refuse(call: Asking): Answer {
    this.refusals += 1;
    const isFar = this.#random() < 0.05;
    const ms = isFar ? between(this.#random, 61_000, 86_400_000) : between(this.#random, 1, 60_000);
    call.notBefore = isFar ? Infinity : this.#clock.now() + ms;
    const serverNow = this.#clock.epochMs() + this.#skewMs;
    const hint = hints[between(this.#random, 0, hints.length - 1)]!(ms, serverNow);
    const headers = { date: new Date(serverNow).toUTCString(), ...hint.headers };
    return answer(429, { error: { code: 429, message: 'Slow down', metadata: hint.metadata } }, headers);
  }
}

describe('10,000 refusals that say when to come back', () => {
  it(
    'are never followed by a request of the same call that is early, and a wait that is too long is an error that says how long',
    { timeout: 60_000 },
    async () => {
      const random = seededRandom(4);
      const totals = { refusals: 0, early: 0, tooMany: 0, failed: 0 };
      for (let round = 0; totals.refusals < 10_000; round += 1) {
        const clock = new FakeClock();
        const server = new RefusingServer(clock, random);
        const client = new OpenRouter({ apiKey: faultKey, transport: server.transport, clock, random });
        const calls = Array.from({ length: 100 }, (_, index) => {
          const request = { ...faultQuestion, model: `test/model-${index % 50}` };
          return failureOf(client.chat.create(request, { headers: { 'x-call': String(index) } }));
        });
        for (const failed of await clock.runUntil(Promise.all(calls))) {
          if (failed === undefined) continue;
          expect(failed).toBeInstanceOf(OpenRouterError);
          expect(failed).toMatchObject({ status: 429, retryAfterMs: expect.any(Number), retryStopped: 'wait' });
          totals.failed += 1;
        }
        totals.refusals += server.refusals;
        totals.early += server.early;
        totals.tooMany += server.tooMany;
      }
      expect(totals).toMatchObject({ early: 0, tooMany: 0 });
      expect(totals.failed).toBeGreaterThan(100);
    },
  );
});

describe('50 loops over endless streams that are left', () => {
  it('each close their connection', async () => {
    const random = seededRandom(5);
    const server = await startScriptedServer(function* endless() {
      yield streamHead();
      for (;;) {
        yield pieces(text('more '), text('and more '));
        yield wait(1);
      }
    });
    const client = new OpenRouter({ apiKey: faultKey, baseURL: server.baseURL });
    try {
      const leave = async (): Promise<void> => {
        let left = between(random, 1, 10);
        for await (const chunk of await client.chat.stream(faultQuestion)) {
          expect(chunk.choices).toHaveLength(1);
          left -= 1;
          if (left === 0) break;
        }
      };
      await Promise.all(Array.from({ length: 50 }, leave));
      await server.until(() => server.connections.every(({ closed }) => closed));
      expect(server.connections).toHaveLength(50);
      expect(server.connections.filter(({ end }) => end?.startsWith('client-') !== true)).toEqual([]);
    } finally {
      await server.close();
    }
  });
});
