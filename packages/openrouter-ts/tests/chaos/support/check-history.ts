import { inspect } from 'node:util';
import { ConnectionError, isOpenRouterError, RateLimitError } from '../../../src/index.ts';
import type { CallEvent } from '../../../src/telemetry/events.ts';
import type { History } from './history.ts';
import type { Observation } from './observation.ts';
import type { SentResponse } from './sent-response.ts';
import { whatWasSent } from './what-was-sent.ts';

/** A promise that was not kept; of one call, or of the client. */
export interface Violation {
  readonly call: number | undefined;
  readonly what: string;
}

/** How much later than its deadline a call may be over, in milliseconds. */
const lenienceMs = 250;

/** Holds what happened against what the client promises. */
export function checkHistory(history: History): readonly Violation[] {
  const violations: Violation[] = [];
  for (const observation of history.observations) {
    const { number } = observation.plan;
    const sent = history.sent.get(number) ?? [];
    for (const what of checkCall(observation, sent, history)) violations.push({ call: number, what });
  }
  for (const what of [...checkRequests(history), ...checkLeftovers(history)])
    violations.push({ call: undefined, what });
  return violations;
}

function checkCall(seen: Observation, sent: readonly SentResponse[], history: History): readonly string[] {
  return [
    ...checkError(seen),
    ...checkTime(seen, history),
    ...checkHints(sent),
    ...(failsOver(seen, history) ? checkJoinedText(seen, sent) : checkText(seen, sent)),
    ...checkEnd(seen, sent, failsOver(seen, history)),
    ...(failsOver(seen, history) ? [] : checkAttempts(seen, sent)),
  ];
}

function failsOver({ plan }: Observation, history: History): boolean {
  return plan.mode === 'stream' && (plan.options.failover ?? history.plan.settings.failover) !== 'off';
}

function errorOf({ ending }: Observation): unknown {
  return 'error' in ending ? ending.error : undefined;
}

/** Whoever loses interest gets his own reason, everybody else an error of the library. */
function* checkError(seen: Observation): Generator<string> {
  const error = errorOf(seen);
  if (error === undefined || isOpenRouterError(error)) return;
  if (error !== seen.reason || seen.lostAtMs === undefined) yield `it failed with something else: ${inspect(error)}`;
}

function* checkTime(
  { plan, startedAtMs, settledAtMs, lostAtMs = Infinity }: Observation,
  history: History,
): Generator<string> {
  const allowedMs = plan.options.timeoutMs ?? history.plan.settings.timeoutMs;
  const until = Math.min(startedAtMs + allowedMs, Math.max(lostAtMs, startedAtMs)) + lenienceMs;
  if (settledAtMs > until) yield `it was over ${settledAtMs - until} ms too late`;
}

/** No request comes before the moment that a refusal of the same model named. */
function* checkHints(sent: readonly SentResponse[]): Generator<string> {
  for (const [index, { model, notBefore, request, body, status }] of sent.entries()) {
    if (notBefore === undefined || status === undefined) continue;
    if (notBefore.where === 'body' && (request.state !== 'complete' || !isJson(body))) continue;
    const early = sent.slice(index + 1).find((later) => later.model === model && later.atEpochMs < notBefore.epochMs);
    if (early !== undefined)
      yield `request ${request.number} asked to wait until ${notBefore.epochMs}, but request ${early.request.number} came ${notBefore.epochMs - early.atEpochMs} ms before`;
  }
}

function isJson(body: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return true;
  } catch {
    return false;
  }
}

/** What the caller has is the beginning of what the server sent, of one answer alone, and all of it after a success. */
function* checkText(seen: Observation, sent: readonly SentResponse[]): Generator<string> {
  const { plan, pieces, completion, ending, warnings } = seen;
  const read = pieces.join('');
  const answers = sent.map(whatWasSent);
  const text = answers.at(-1)?.text ?? '';
  const given = warnings.includes('empty') ? '' : text;
  if (!text.startsWith(read)) yield `the reader got ${quote(read)}, of ${quote(text)}`;
  const partial = partialOf(errorOf(seen));
  if (partial !== undefined && (!text.startsWith(partial) || !partial.startsWith(read)))
    yield `the error holds ${quote(partial)}, of ${quote(text)}`;
  if (plan.mode === 'stream' && answers.slice(0, -1).some(({ output }) => output))
    yield 'it was tried again after output had come';
  if (ending.how !== 'success') return;
  if (completion !== undefined && completion !== given) yield `the answer is ${quote(completion)}, of ${quote(text)}`;
  if (plan.mode === 'stream' && plan.reading !== 'completion' && read !== given)
    yield `the reader got ${quote(read)} in the place of ${quote(text)}`;
}

/** Several answers are read as one: its text once and in order. */
function* checkJoinedText(seen: Observation, sent: readonly SentResponse[]): Generator<string> {
  const { plan, pieces, completion, ending, warnings } = seen;
  const read = pieces.join('');
  const texts = sent.map((each) => whatWasSent(each).text);
  const success = ending.how === 'success';
  if (plan.faithful && !sent.some(({ script }) => script.includes('bad bytes'))) {
    const text = plan.textOf(0);
    if (!text.startsWith(read)) yield `the reader got ${quote(read)}, of ${quote(text)}`;
    const whole = warnings.includes('empty') && texts.every((each) => each === '') ? '' : text;
    if (success && (completion ?? whole) !== whole) yield `the answer is ${quote(completion)}, not ${quote(whole)}`;
    if (success && plan.reading !== 'completion' && read !== whole)
      yield `the reader got ${quote(read)}, not ${quote(whole)}`;
    return;
  }
  const joined = withoutSpace(texts.join(''));
  const isOne = texts.some((text) => text.startsWith(read));
  if (!isOne && !joined.startsWith(withoutSpace(read))) yield `the reader got ${quote(read)}, of ${quote(texts)}`;
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, '');
}

function partialOf(error: unknown): string | undefined {
  if (!isOpenRouterError(error) || error.partial === undefined) return undefined;
  const content = error.partial.choices?.[0]?.message?.content;
  return typeof content === 'string' ? content : '';
}

/** A success has an end, and what has an end is a success. */
function* checkEnd(seen: Observation, sent: readonly SentResponse[], joined: boolean): Generator<string> {
  const { plan, ending, warnings } = seen;
  const answers = sent.map(whatWasSent);
  const last = answers.at(-1);
  const good = ending.how === 'success' || (ending.how === 'unread' && ending.error === undefined);
  const ends = warnings.includes('empty')
    ? answers.some(({ done }) => done)
    : last?.finished === true || last?.done === true;
  if (good && !ends) yield 'it succeeded without a finish reason or [DONE]';
  if (good || ending.how === 'left' || last === undefined || seen.lostAtMs !== undefined || joined) return;
  // Whoever reads slowly, or not at all, may meet the deadline before the end that has been sent.
  if (plan.reading === 'slowly' || ending.how === 'unread') return;
  const whole = plan.mode === 'whole' ? last.done && sent.at(-1)?.request.state === 'complete' : last.finished;
  if (whole && last.output && !last.broken) yield `a whole answer was called ${String(errorOf(seen))}`;
}

function* checkAttempts(seen: Observation, sent: readonly SentResponse[]): Generator<string> {
  const error = errorOf(seen);
  const attempts = seen.attempts ?? (isOpenRouterError(error) ? error.attempts : undefined);
  if (attempts !== undefined && attempts.length !== sent.length)
    yield `${attempts.length} attempts were told of, but ${sent.length} requests were sent`;
}

/** The attempts of one call at one model. */
interface Visit {
  readonly model: string | undefined;
  attempts: number;
  /** Retries that cost the client's budget nothing. */
  free: number;
  stale: number;
  opened: boolean;
}

function* checkRequests({ plan, observations, events, arrivals, crowd, sent }: History): Generator<string> {
  const { maxConcurrency, requestsPerMinute } = plan.settings;
  const visits = visitsIn(events);
  const count = visits.reduce((sum, { attempts }) => sum + attempts, 0);
  const unsent = observations.filter(({ lostAtMs }) => lostAtMs !== undefined).length;
  if (arrivals.length > count || arrivals.length < count - unsent)
    yield `${arrivals.length} requests arrived, but the hooks told of ${count} attempts`;
  const charged = visits.map(({ attempts, free }) => attempts - 1 - free);
  const retries = charged.reduce((sum, each) => sum + each, 0);
  const atOnce = visits.filter(({ opened, attempts }) => opened && attempts === 1).length;
  const refunds = visits.filter(({ opened }, index) => opened && charged[index]! > 0).length;
  if (retries > 50 + 0.1 * atOnce + refunds)
    yield `${retries} retries, of which ${refunds} succeeded, and only ${atOnce} calls that succeeded at once`;
  for (const observation of observations)
    yield* checkRetries(observation, sent.get(observation.plan.number) ?? [], plan);
  if (crowd > maxConcurrency) yield `${crowd} requests were under way at once, and ${maxConcurrency} are allowed`;
  for (const [index, at] of arrivals.entries()) {
    const late = arrivals[index + requestsPerMinute];
    if (late !== undefined && late - at < 60_000 - 1e-6)
      yield `${requestsPerMinute + 1} requests in ${late - at} ms, and only ${requestsPerMinute} a minute are allowed`;
  }
}

/** Each model is asked once, tried again as often as allowed, and once more where a kept connection was found closed; by each answer that follows another. */
function* checkRetries(
  { plan }: Observation,
  sent: readonly SentResponse[],
  client: History['plan'],
): Generator<string> {
  const { settings } = client;
  const maxRetries = plan.options.maxRetries ?? settings.maxRetries;
  const fallbacks = new Set(plan.options.fallbackModels ?? settings.fallbackModels);
  fallbacks.delete(plan.model);
  const failsOver = plan.mode === 'stream' && (plan.options.failover ?? settings.failover) !== 'off';
  const opened = failsOver ? 2 : 1;
  for (const model of new Set(sent.map((each) => each.model))) {
    const requests = sent.filter((each) => each.model === model).length;
    if (requests > opened * (2 + maxRetries)) yield `call ${plan.number} sent ${requests} requests to ${model}`;
    if (model !== plan.model && !fallbacks.has(model)) yield `call ${plan.number} asked ${model}`;
  }
}

/** Finds the visits in what the client said, where a retry is told before the attempt that it is. */
function visitsIn(events: readonly CallEvent[]): readonly Visit[] {
  const visits: Visit[] = [];
  const current = new Map<number, Visit>();
  for (const event of events) {
    let visit = current.get(event.call);
    if (event.type === 'attempt') {
      if (visit?.model !== event.model || visit === undefined) {
        visit = { model: event.model, attempts: 0, free: 0, stale: 0, opened: false };
        visits.push(visit);
        current.set(event.call, visit);
      }
      visit.attempts += 1;
    } else if (visit !== undefined && event.type === 'retry') {
      const { error, hinted, waitMs } = event;
      const stale = error instanceof ConnectionError && error.staleConnection && waitMs === 0;
      if (stale) visit.stale += 1;
      if (stale || (hinted && error instanceof RateLimitError)) visit.free += 1;
    } else if (visit !== undefined && (event.type === 'first-token' || event.type === 'finish')) visit.opened = true;
  }
  return visits;
}

function* checkLeftovers({ left, plan }: History): Generator<string> {
  const { timers, listeners, openRequests, waiting, freeSlots } = left;
  if (timers > 0) yield `${timers} timers are left`;
  if (listeners > 0) yield `${listeners} listeners are left on the callers' signals`;
  if (openRequests.length > 0) yield `requests are still open: ${openRequests.join(', ')}`;
  if (waiting > 0) yield `${waiting} calls still wait for their turn`;
  const { maxConcurrency, requestsPerMinute } = plan.settings;
  const slots = maxConcurrency === Infinity ? Infinity : Math.min(maxConcurrency, requestsPerMinute);
  if (freeSlots !== slots) yield `${freeSlots} of ${slots} slots are free`;
}

function quote(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
