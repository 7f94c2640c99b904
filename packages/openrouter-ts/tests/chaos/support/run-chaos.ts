import process from 'node:process';
import { isOpenRouterError } from '../../../src/index.ts';
import { seedOf } from './chance.ts';
import { checkHistory, type Violation } from './check-history.ts';
import { planClient, type ClientPlan } from './client-plan.ts';
import type { History } from './history.ts';
import { playClient } from './play-client.ts';

/** What is played. */
export interface ChaosOptions {
  readonly seed: number;
  readonly calls: number;
}

/** What came of it. */
export interface ChaosReport {
  readonly calls: number;
  /** What a run without it would prove little about, and did not happen; nothing is missed where only a part is played. */
  readonly missing: readonly string[];
  /** What was promised and not kept, each with how to see it again. */
  readonly violations: readonly string[];
}

/**
 * The seed of a run: the one in the environment, so that a run can be repeated.
 *
 * @param otherwise - the seed when the environment names none
 */
export function chaosSeed(otherwise: number): number {
  return Number(process.env['CHAOS_SEED'] ?? otherwise);
}

/** What each run of some length must see. */
const expectedEvents: readonly string[] = [
  'whole',
  'stream',
  'success',
  'failure',
  'left',
  'unread',
  'aborted',
  'attempt',
  'retry',
  'fallback',
  'first-token',
  'finish',
  'error',
  'stopped: attempts',
  'stopped: wait',
  'stopped: budget',
  'ConnectionError',
  'TimeoutError',
  'RateLimitError',
  'ProviderError',
  'StreamTruncatedError',
  'StreamInterruptedError',
  'StreamProviderError',
  'StreamProtocolError',
  'ResponseFormatError',
];

/** Plays clients with random settings and random calls against a server with random faults, and checks each. */
export async function runChaos({ seed, calls }: ChaosOptions): Promise<ChaosReport> {
  const counts: Record<string, number> = {};
  const violations: string[] = [];
  const { CHAOS_CLIENT: only, CHAOS_CALL: call } = process.env;
  let planned = 0;
  let played = 0;
  for (let number = 0; planned < calls; number += 1) {
    const plan = planClient(number, seedOf(seed, number), calls - planned);
    planned += plan.groups.flat().length;
    if (only !== undefined && Number(only) !== number) continue;
    const history = await playOrTell(withOneCall(plan, call), seed, violations);
    if (history === undefined) continue;
    played += history.observations.length;
    count(history, counts);
    violations.push(...checkHistory(history).map((violation) => describe(violation, history, seed)));
  }
  const missing = played < calls ? [] : expectedEvents.filter((name) => counts[name] === undefined);
  return { calls: played, missing, violations };
}

/** A client whose calls do not end is a violation, too. */
async function playOrTell(plan: ClientPlan, seed: number, violations: string[]): Promise<History | undefined> {
  try {
    return await playClient(plan);
  } catch (error) {
    violations.push(`${again(seed, plan.number)}: ${error instanceof Error ? error.stack : String(error)}`);
    return undefined;
  }
}

function withOneCall(plan: ClientPlan, number: string | undefined): ClientPlan {
  if (number === undefined) return plan;
  const groups = plan.groups.map((calls) => calls.filter((call) => call.number === Number(number)));
  return { ...plan, groups: groups.filter((calls) => calls.length > 0) };
}

function again(seed: number, client: number, call?: number): string {
  const alone = call === undefined ? '' : ` CHAOS_CALL=${call}`;
  return `CHAOS_SEED=${seed} CHAOS_CLIENT=${client}${alone}`;
}

/** With what is needed to play the call alone; where other calls matter, the client without `CHAOS_CALL`. */
function describe({ call, what }: Violation, { plan, sent, observations }: History, seed: number): string {
  const settings = JSON.stringify({ ...plan.settings, ...plan.others, trouble: plan.trouble });
  const lines = [`${again(seed, plan.number, call)}: ${what}`, `  client ${settings}`];
  const seen = observations.find((each) => each.plan.number === call);
  if (seen !== undefined) {
    const { textOf: _text, responseTo: _response, ...planned } = seen.plan;
    lines.push(`  call ${JSON.stringify(planned)}`, `  ended ${JSON.stringify(seen.ending)} at ${seen.settledAtMs}`);
    for (const { request, script, model } of sent.get(seen.plan.number) ?? [])
      lines.push(
        `  request ${request.number} at ${request.atMs} to ${model}: ${script} (${request.state}, ${request.sentBytes} bytes)`,
      );
  }
  return lines.join('\n');
}

function count({ observations, events, sent }: History, counts: Record<string, number>): void {
  const add = (name: string, by = 1): void => {
    counts[name] = (counts[name] ?? 0) + by;
  };
  for (const { ending, lostAtMs, plan } of observations) {
    add(ending.how);
    add(plan.mode);
    if (lostAtMs !== undefined) add('aborted');
    if (ending.how === 'failure' && ending.error instanceof Error) add(ending.error.name);
    if (ending.how === 'failure' && isOpenRouterError(ending.error)) add(`stopped: ${ending.error.retryStopped}`);
  }
  for (const { type } of events) add(type);
  for (const responses of sent.values()) add('requests', responses.length);
}
