import { beforeAll, describe, expect, it } from 'vitest';
import { checkHistory } from './support/check-history.ts';
import { planClient, type ClientPlan } from './support/client-plan.ts';
import type { History } from './support/history.ts';
import type { Observation } from './support/observation.ts';
import { playClient } from './support/play-client.ts';
import type { SentResponse } from './support/sent-response.ts';

let good: History;

beforeAll(async () => {
  const plan = planClient(0, 12, 60);
  const settings: ClientPlan['settings'] = {
    maxRetries: 3,
    timeoutMs: 600_000,
    maxConcurrency: 8,
    requestsPerMinute: Infinity,
    fallbackModels: [],
    failover: 'off',
  };
  good = await playClient({ ...plan, settings, others: {} });
});

/** The same history, with one call of a kind that was seen differently. */
function seenOtherwise(
  isMeant: (seen: Observation, sent: readonly SentResponse[]) => boolean,
  change: (seen: Observation) => Partial<Observation>,
): History {
  const index = good.observations.findIndex((each) => isMeant(each, good.sent.get(each.plan.number) ?? []));
  expect(index).toBeGreaterThanOrEqual(0);
  const observations = good.observations.map((each, at) => (at === index ? { ...each, ...change(each) } : each));
  return { ...good, observations };
}

/** The same history, with other evidence of one call that was tried twice, or succeeded at once. */
function sentOtherwise(requests: number, change: (sent: readonly SentResponse[]) => readonly SentResponse[]): History {
  const meant = good.observations.find(
    ({ plan, ending, pieces }) =>
      good.sent.get(plan.number)?.length === requests &&
      ending.how === 'success' &&
      (plan.mode === 'whole' || pieces.length > 1),
  );
  const number = meant?.plan.number ?? -1;
  const sent = good.sent.get(number) ?? [];
  expect(sent).toHaveLength(requests);
  return { ...good, sent: new Map([...good.sent, [number, change(sent)]]) };
}

const wasRead = ({ plan, ending, pieces }: Observation): boolean =>
  ending.how === 'success' && pieces.join('').length > 2 && (plan.options.failover ?? 'off') === 'off';

function whatIsWrong(history: History): string {
  return checkHistory(history)
    .map(({ what }) => what)
    .join('\n');
}

describe('the check of a history', () => {
  it('finds nothing wrong with one in which nothing is', () => {
    expect(whatIsWrong(good)).toBe('');
  });

  it.each<readonly [string, (seen: Observation) => Partial<Observation>, RegExp]>([
    ['a piece twice', ({ pieces }) => ({ pieces: [...pieces, ...pieces] }), /the reader got/],
    ['a piece missing', ({ pieces }) => ({ pieces: pieces.slice(2) }), /the reader got/],
    ['pieces in another order', ({ pieces }) => ({ pieces: [...pieces].reverse() }), /the reader got/],
    ['the end missing', ({ pieces }) => ({ pieces: pieces.slice(0, 1) }), /in the place of/],
    ['an end that comes too late', ({ settledAtMs }) => ({ settledAtMs: settledAtMs + 1e9 }), /ms too late/],
    [
      'an end long after an abort',
      ({ startedAtMs }) => ({ settledAtMs: startedAtMs + 2_000, lostAtMs: startedAtMs }),
      /ms too late/,
    ],
    ["an error that is nobody's", () => ({ ending: { how: 'failure', error: new Error('what?') } }), /something else/],
    ['too few attempts', () => ({ attempts: [] }), /attempts were told of/],
  ])('finds %s', (_, change, what) => {
    expect(whatIsWrong(seenOtherwise(wasRead, change))).toMatch(what);
  });

  it('finds a success without an end', () => {
    const cutShort = ([sent]: readonly SentResponse[]): readonly SentResponse[] => [
      { ...sent!, status: 200, headers: sent!.headers, body: sent!.body.subarray(0, 100) },
    ];
    expect(whatIsWrong(sentOtherwise(1, cutShort))).toMatch(/succeeded without a finish reason/);
  });

  it('finds an attempt that came too early', () => {
    const hinted = ([first, second]: readonly SentResponse[]): readonly SentResponse[] => [
      { ...first!, status: 429, body: first!.body, notBefore: { epochMs: second!.atEpochMs + 1, where: 'headers' } },
      second!,
    ];
    expect(whatIsWrong(sentOtherwise(2, hinted))).toMatch(/asked to wait until/);
  });

  it('finds too many attempts', () => {
    expect(whatIsWrong(sentOtherwise(1, ([sent]) => Array.from({ length: 12 }, () => sent!)))).toMatch(
      /sent 12 requests/,
    );
  });

  it.each<readonly [string, Partial<History>, RegExp]>([
    ['too many requests at once', { crowd: 9 }, /9 requests were under way at once/],
    ['requests that nobody told of', { events: [] }, /hooks told of 0 attempts/],
  ])('finds %s', (_, change, what) => {
    expect(whatIsWrong({ ...good, ...change })).toMatch(what);
  });

  it.each<readonly [string, Partial<History['left']>, RegExp]>([
    ['a timer', { timers: 1 }, /1 timers are left/],
    ['a listener', { listeners: 1 }, /1 listeners are left/],
    ['a request', { openRequests: [7] }, /still open: 7/],
    ['a call that waits', { waiting: 1 }, /1 calls still wait/],
    ['a slot that was not given back', { freeSlots: 7 }, /7 of 8 slots/],
  ])('finds %s that is left', (_, left, what) => {
    expect(whatIsWrong({ ...good, left: { ...good.left, ...left } })).toMatch(what);
  });

  it('finds more retries than the client may make', () => {
    const attempt = good.events.find(({ type }) => type === 'attempt');
    const more = Array.from({ length: 100 }, () => attempt!);
    expect(whatIsWrong({ ...good, events: [...good.events, ...more] })).toMatch(/retries, of which/);
  });
});
