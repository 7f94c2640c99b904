import {
  afterKeepAlives,
  badBytes,
  brokenAnswer,
  cut,
  cutAfter,
  delta,
  emptyBody,
  endAfter,
  errorIn200,
  failure,
  hang,
  hangAfter,
  htmlPage,
  invalidJson,
  joined,
  late,
  reply,
  reset,
  resetAfter,
  slowDrip,
  splitEvery,
  splitRandomly,
  stream,
  unreachable,
  withHead,
  type Exchange,
  type Limit,
  type Pace,
  type SimulatedResponse,
  type Step,
} from '../../../src/testing/index.ts';
import { between, maybe, pick, seededRandom, type Random } from './chance.ts';
import { drawRefusal } from './hints.ts';
import type { DrawnResponse } from './sent-response.ts';
import { piecesOf } from './texts.ts';

/** The probability of at least one fault; in an outage the server always says the same. */
export type Trouble = number | 'outage';

/** What a response is drawn for. */
export interface Drawing {
  /** All that is drawn comes from it. */
  readonly seed: number;
  readonly trouble: Trouble;
  /** What the model says. */
  readonly textFor: (exchange: Exchange) => string;
}

interface Named {
  readonly name: string;
  readonly response: SimulatedResponse;
}

/** Draws what happens to one request: a good answer, or one to three faults of the simulator's kit, one around the other. */
export function drawResponse({ seed, trouble, textFor }: Drawing): DrawnResponse {
  if (trouble === 'outage') return drawn({ name: 'status 503', response: failure(503) }, seed);
  const random = seededRandom(seed);
  const good = goodAnswer(random, textFor);
  if (!maybe(random, trouble)) return drawn(good, seed);
  const count = between(random, 1, 3);
  if (maybe(random, 0.15)) {
    const refusal = drawRefusal(random, pick(random, 429, 429, 429, 503));
    return count === 1 ? seeded(refusal, seed) : wrapped(refusal, pick(random, lateAnswer, splitSmall), random, seed);
  }
  const startsBadly = maybe(random, 0.5);
  let response = startsBadly ? badAnswer(random, textFor) : good;
  for (let index = startsBadly ? 1 : 0; index < count; index += 1) response = spoilt(response, random);
  return drawn(response, seed);
}

/** With randomness of its own, so that the response is the same whatever goes on beside it. */
function seeded(drawing: DrawnResponse, seed: number): DrawnResponse {
  return {
    ...drawing,
    respond: (exchange, tell) => drawing.respond({ ...exchange, random: seededRandom(seed) }, tell),
  };
}

function drawn({ name, response }: Named, seed: number): DrawnResponse {
  return seeded({ script: name, respond: response }, seed);
}

type Wrapper = (inner: Named, random: Random) => Named;

/** Puts a fault around a response that tells of its hint. */
function wrapped(inner: DrawnResponse, wrap: Wrapper, random: Random, seed: number): DrawnResponse {
  let told: Parameters<DrawnResponse['respond']>[1] = () => undefined;
  const { name, response } = wrap(
    { name: inner.script, response: (exchange) => inner.respond(exchange, (hint) => told(hint)) },
    random,
  );
  const respond: DrawnResponse['respond'] = (exchange, tell) => {
    told = tell;
    return response(exchange);
  };
  return seeded({ script: name, respond }, seed);
}

function goodAnswer(random: Random, textFor: Drawing['textFor']): Named {
  const options = {
    keepAlives: between(random, 0, 2),
    done: maybe(random, 0.8),
    usageChunk: pick(random, 'repeatsFinish', 'nullFinish', 'noChoices', 'onFinish', 'none'),
    finishReason: pick(random, 'stop', 'stop', 'stop', 'length'),
    pace: pick<Pace>(random, 'instant', { firstMs: between(random, 0, 3_000), chunkMs: between(random, 0, 200) }),
    ...(maybe(random, 0.2) && { reasoning: ['Hm. ', 'So.'] }),
  } as const;
  const response: SimulatedResponse = (exchange) =>
    reply({ ...options, content: piecesOf(textFor(exchange), exchange.random) })(exchange);
  return { name: `an answer ${JSON.stringify(options)}`, response };
}

const statuses = [400, 402, 404, 408, 409, 500, 502, 503, 504, 520, 524, 529] as const;
const inBand = [400, 408, 429, 500, 502, 503, 504] as const;
const codes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'CERT_HAS_EXPIRED'] as const;

/** What is no good answer from its beginning. */
function badAnswer(random: Random, textFor: Drawing['textFor']): Named {
  const status = pick(random, ...statuses);
  const code = pick(random, ...codes);
  const inside = pick(random, ...inBand);
  const shape = pick(random, 'finishError', 'finishNull', 'noChoices', 'bare');
  const before = pick(random, 'headers', 'content');
  const answers: readonly [Named, ...Named[]] = [
    { name: `status ${status}`, response: failure(status) },
    { name: `status ${status}`, response: failure(status) },
    { name: `a web page with ${status}`, response: htmlPage({ status, length: 5_000 }) },
    { name: `unreachable: ${code}`, response: unreachable(code) },
    { name: `error ${inside} in 200`, response: errorIn200(inside) },
    { name: `error ${inside} after text, ${shape}`, response: brokenAfterText(inside, shape, textFor) },
    {
      name: `error ${inside} before text, ${shape}`,
      response: brokenAnswer({ status: inside, shape, answer: { content: null } }),
    },
    { name: 'reset', response: reset() },
    { name: 'cut', response: cut() },
    { name: `silent before ${before}`, response: hang({ before }) },
    { name: 'an empty body', response: emptyBody() },
    { name: 'half a body', response: invalidJson() },
    { name: 'an answer without output', response: reply({ content: null, finishReason: null }) },
    { name: 'an answer without output or end', response: reply({ content: null, finishReason: null, done: false }) },
    { name: 'a chunk that is none', response: garbage(textFor) },
    {
      name: 'nothing but keep-alives',
      response: afterKeepAlives(reply(), { everyMs: between(random, 1_000, 20_000) }),
    },
  ];
  return pick(random, ...answers);
}

function brokenAfterText(
  status: number,
  shape: 'finishError' | 'finishNull' | 'noChoices' | 'bare',
  textFor: Drawing['textFor'],
): SimulatedResponse {
  return (exchange) =>
    brokenAnswer({ status, shape, answer: { content: piecesOf(textFor(exchange), exchange.random) } })(exchange);
}

function garbage(textFor: Drawing['textFor']): SimulatedResponse {
  return (exchange) => {
    const pieces = piecesOf(textFor(exchange), exchange.random);
    const good = pieces.slice(0, between(exchange.random, 0, pieces.length)).map((content) => delta({ content }));
    return stream([...good, 'data: {"choices":[{"delta":{"con\n\n', delta({ content: 'never seen' }, 'stop')])(
      exchange,
    );
  };
}

function someOfIt(random: Random): Limit {
  return maybe(random, 0.5) ? { bytes: between(random, 0, 2_000) } : { events: between(random, 0, 9) };
}

const lateAnswer: Wrapper = ({ name, response }, random) => {
  const ms = pick(random, between(random, 0, 3_000), between(random, 0, 90_000));
  return { name: `${name}, ${ms} ms late`, response: late(response, ms) };
};

const splitSmall: Wrapper = ({ name, response }, random) => {
  const bytes = pick(random, 1, 2, 3, 7);
  return { name: `${name}, split every ${bytes}`, response: splitEvery(response, bytes) };
};

const wrappers: readonly [Wrapper, ...Wrapper[]] = [
  lateAnswer,
  splitSmall,
  ({ name, response }) => ({ name: `${name}, split at random`, response: splitRandomly(response, 90) }),
  ({ name, response }) => ({ name: `${name}, in one piece`, response: joined(response) }),
  ({ name, response }, random) => {
    const drip = { bytes: between(random, 60, 200), everyMs: between(random, 1, 4_000) };
    return { name: `${name}, dripping ${JSON.stringify(drip)}`, response: slowDrip(response, drip) };
  },
  ({ name, response }, random) => {
    const alive = { everyMs: between(random, 10, 15_000), count: between(random, 1, 4) };
    return { name: `${name}, after keep-alives ${JSON.stringify(alive)}`, response: afterKeepAlives(response, alive) };
  },
  ({ name, response }, random) => {
    const at = between(random, 0, 2_000);
    return { name: `${name}, bad bytes at ${at}`, response: badBytes(response, { at }) };
  },
  ({ name, response }) => ({ name: `${name}, [DONE] twice and text after it`, response: doneTwice(response) }),
  ({ name, response }) => ({
    name: `${name}, without x-generation-id`,
    response: withHead(response, { headers: { 'x-generation-id': undefined } }),
  }),
  stopping('ended', endAfter),
  stopping('cut', cutAfter),
  stopping('reset', resetAfter),
  stopping('silent', hangAfter),
];

function stopping(how: string, stop: (response: SimulatedResponse, limit: Limit) => SimulatedResponse): Wrapper {
  return ({ name, response }, random) => {
    const limit = someOfIt(random);
    return { name: `${name}, ${how} after ${JSON.stringify(limit)}`, response: stop(response, limit) };
  };
}

function spoilt(inner: Named, random: Random): Named {
  return pick(random, ...wrappers)(inner, random);
}

function doneTwice(response: SimulatedResponse): SimulatedResponse {
  return (exchange) => twice(response(exchange));
}

function* twice(steps: Iterable<Step>): Generator<Step, void, undefined> {
  for (const step of steps) {
    yield step;
    if (step.type !== 'write' || step.data !== 'data: [DONE]\n\n') continue;
    yield step;
    yield { type: 'write', data: 'data: {"choices":[{"index":0,"delta":{"content":"after the end"}}]}\n\n' };
  }
}
