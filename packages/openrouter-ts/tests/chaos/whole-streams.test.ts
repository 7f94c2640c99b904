import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOpenRouterError, OpenRouter, StreamTruncatedError, type ChatStream } from '../../src/index.ts';
import {
  afterKeepAlives,
  endAfter,
  FakeClock,
  joined,
  reply,
  Simulator,
  slowDrip,
  splitEvery,
  splitRandomly,
  type Pace,
  type SimulatedResponse,
  type UsageChunk,
} from '../../src/testing/index.ts';
import { startSimulatorServer, type SimulatorServer } from '../../src/testing/server/index.ts';
import { HastyClock } from '../support/hasty-clock.ts';
import { between, maybe, pick, seededRandom, seedOf, type Random } from './support/chance.ts';
import { chaosSeed } from './support/run-chaos.ts';
import { recorded, type SentResponse } from './support/sent-response.ts';
import { madeUpText, piecesOf } from './support/texts.ts';
import { whatWasSent } from './support/what-was-sent.ts';

const seed = chaosSeed(1);
const request = { model: 'chaos/one', messages: [{ role: 'user', content: 'Go on.' }] } as const;

/** An answer that is whole, in one of the ways in which whole answers end. */
interface WholeAnswer {
  readonly text: string;
  readonly script: string;
  readonly response: SimulatedResponse;
}

function wholeAnswer(random: Random, inRealTime: boolean): WholeAnswer {
  const text = madeUpText(random, 'A');
  const pace: Pace = { firstMs: between(random, 0, 9_000), chunkMs: between(random, 0, 900) };
  const options = {
    content: piecesOf(text, random),
    keepAlives: between(random, 0, 3),
    done: maybe(random, 0.6),
    usageChunk: pick<UsageChunk>(random, 'repeatsFinish', 'nullFinish', 'noChoices', 'onFinish', 'none'),
    finishReason: pick(random, 'stop', 'length', 'content_filter'),
    pace: inRealTime ? 'instant' : pick<Pace>(random, 'instant', 'instant', pace),
  } as const;
  return { text, script: JSON.stringify(options), response: reply(options) };
}

/** In other pieces: of one byte each up to all at once. */
function inPieces(response: SimulatedResponse, random: Random, inRealTime: boolean): SimulatedResponse {
  const bytes = between(random, 1, 12);
  const ways = [
    splitEvery(response, inRealTime ? 5 * bytes : bytes),
    splitRandomly(response, 300),
    joined(response),
    response,
  ];
  if (inRealTime) return pick(random, ways[0]!, ...ways);
  const drip = { bytes: between(random, 250, 900), everyMs: between(random, 0, 2_000) };
  const alive = { everyMs: between(random, 0, 20_000), count: between(random, 0, 5) };
  return pick(random, splitEvery(response), ...ways, slowDrip(response, drip), afterKeepAlives(ways[1]!, alive));
}

async function textOf(stream: ChatStream): Promise<string> {
  let text = '';
  for await (const piece of stream.textDeltas()) text += piece;
  return text;
}

/** A client, what it asks, and how its waits pass. */
interface Setting {
  readonly simulator: Simulator;
  readonly client: OpenRouter;
  readonly passTime: <Value>(work: Promise<Value>) => Promise<Value>;
}

function inThisProcess(): Setting {
  const clock = new FakeClock();
  const simulator = new Simulator({ clock });
  const client = new OpenRouter({ apiKey: 'sk-or-v1-chaos', transport: simulator.transport, clock });
  return { simulator, client, passTime: (work) => clock.runUntil(work) };
}

/** What became of a stream that the server may have cut. */
interface Outcome {
  readonly text: string;
  readonly error: unknown;
}

function outcomeOf(stream: Promise<ChatStream>): Promise<Outcome> {
  let text = '';
  const read = async (): Promise<Outcome> => {
    for await (const piece of (await stream).textDeltas()) text += piece;
    return { text, error: undefined };
  };
  return read().catch((error: unknown) => ({ text, error }));
}

/** Streams whole answers, and tells which of them were not read as they were sent. */
async function playWhole(
  number: number,
  { simulator, client, passTime }: Setting,
  inRealTime = false,
): Promise<string[]> {
  const random = seededRandom(seedOf(seed, number));
  const { text, script, response } = wholeAnswer(random, inRealTime);
  simulator.next(inPieces(response, random, inRealTime));
  const stream = client.chat.stream(request);
  const read = await passTime(stream.then(textOf)).catch(String);
  const requests = simulator.requests.length;
  return read === text && requests === number + 1
    ? []
    : [`stream ${number} (${script}): ${read} in the place of ${text}`];
}

/** What the first request was sent, and what came of it. */
async function playCut(
  number: number,
  { simulator, client, passTime }: Setting,
  inRealTime = false,
): Promise<string[]> {
  const random = seededRandom(seedOf(seed, number));
  const { script, response } = wholeAnswer(random, inRealTime);
  const limit = { bytes: between(random, 0, 2_500) };
  let sent: SentResponse | undefined;
  const cut: SimulatedResponse = (exchange) => {
    const respond = inPieces(endAfter(response, limit), random, inRealTime);
    return recorded({ script, respond }, exchange, (record) => {
      sent = record;
    });
  };
  const before = simulator.requests.length;
  simulator.next(cut, reply('A second answer.'));
  const { text, error } = await passTime(outcomeOf(client.chat.stream(request, { timeoutMs: 3_000_000 })));
  const retried = simulator.requests.length - before === 2;
  // Takes away what was not needed.
  if (!retried) await passTime(client.chat.stream(request).then(textOf));
  const { output, finished, done, text: sentText } = whatWasSent(sent!);
  const whole = finished || done;
  const good = whole
    ? error === undefined && !retried && text === sentText
    : output
      ? error instanceof StreamTruncatedError && !retried && text === sentText
      : error === undefined && retried && text === 'A second answer.';
  const what = isOpenRouterError(error) ? error.kind : String(error);
  return good
    ? []
    : [`stream ${number} (${script}) after ${JSON.stringify(limit)}: ${what}, ${text}, retried: ${retried}`];
}

async function times(count: number, play: (number: number) => Promise<string[]>): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (let number = 0; number < count; number += 1) wrong.push(...(await play(number)));
  return wrong;
}

describe(`1,000 whole streams in pieces of any size and at any pace (CHAOS_SEED=${seed})`, () => {
  it('are read as they were sent, and none is called cut', { timeout: 30_000 }, async () => {
    const setting = inThisProcess();
    expect(await times(1_000, (number) => playWhole(number, setting))).toEqual([]);
  });
});

describe(`1,000 streams that end in good order after any byte (CHAOS_SEED=${seed})`, () => {
  it(
    'are called cut before the finish reason, tried again before any output, and good after it',
    { timeout: 30_000 },
    async () => {
      // Each its own, since what is tried again is paid for by what succeeded at once.
      expect(await times(1_000, (number) => playCut(number, inThisProcess()))).toEqual([]);
    },
  );
});

describe.each(['the transport of the platform', 'fetch'])(
  `over real sockets with %s (CHAOS_SEED=${seed})`,
  (transport) => {
    const simulator = new Simulator();
    let server: SimulatorServer;
    beforeAll(async () => {
      server = await startSimulatorServer(simulator);
    });
    afterAll(() => server.close());

    function overSockets(): Setting {
      const options = { apiKey: 'sk-or-v1-chaos', baseURL: server.baseURL, clock: new HastyClock() };
      const client = new OpenRouter(transport === 'fetch' ? { ...options, fetch: globalThis.fetch } : options);
      return { simulator, client, passTime: (work) => work };
    }

    it('100 whole streams are read as they were sent', { timeout: 30_000 }, async () => {
      const setting = overSockets();
      expect(await times(100, (number) => playWhole(number, setting, true))).toEqual([]);
    });

    it('100 streams that end after any byte are judged as they were sent', { timeout: 30_000 }, async () => {
      expect(await times(100, (number) => playCut(1_000 + number, overSockets(), true))).toEqual([]);
    });
  },
);
