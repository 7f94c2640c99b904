import type { ChatCompletion, ChatStream, OpenRouter } from '../../../src/index.ts';
import type { FakeClock } from '../../../src/testing/index.ts';
import type { CallPlan } from './call-plan.ts';
import type { Ending, Observation } from './observation.ts';

/** What a call is made with. */
export interface Caller {
  readonly client: OpenRouter;
  readonly clock: FakeClock;
  readonly patience: Patience;
}

/** A caller's signal, which some calls share, and when it was aborted. */
export class Patience {
  readonly #controller = new AbortController();
  readonly #clock: FakeClock;
  /** When it was aborted, by the clock that only grows. */
  lostAtMs: number | undefined;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  /** Ends what is made with it. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Aborts it, the first time. */
  lose(reason: unknown): void {
    this.lostAtMs ??= this.#clock.now();
    this.#controller.abort(reason);
  }
}

/** Thrown by a reader out of its own loop. */
class Enough extends Error {}

const pauseBetweenPiecesMs = 700;

/** Makes a call as it was planned, and tells what its caller saw of it. It never rejects. */
export async function makeCall(plan: CallPlan, caller: Caller): Promise<Observation> {
  const { clock, patience } = caller;
  const { givingUp } = plan;
  await pause(plan.pauseMs, clock);
  const reason = new Error(`The caller of call ${plan.number} has lost interest.`);
  const abort = (): void => patience.lose(reason);
  const cancelTimer = givingUp?.how === 'signal' ? clock.setTimer(abort, givingUp.afterMs) : undefined;
  const startedAtMs = clock.now();
  const seen = plan.mode === 'whole' ? await askWhole(plan, caller) : await askStream(plan, caller, abort);
  cancelTimer?.();
  const { lostAtMs, signal } = patience;
  return { plan, startedAtMs, settledAtMs: clock.now(), lostAtMs, reason: signal.reason, ...seen };
}

type Seen = Pick<Observation, 'ending' | 'pieces' | 'completion' | 'warnings' | 'attempts'> &
  Partial<Pick<Observation, 'settledAtMs'>>;

const nothing = { pieces: [], completion: undefined, warnings: [], attempts: undefined } as const;

function parameters({ number, model, options }: CallPlan, { patience }: Caller) {
  const request = { model, messages: [{ role: 'user', content: `Question ${number}` }] } as const;
  return [request, { ...options, headers: { 'x-call': String(number) }, signal: patience.signal }] as const;
}

async function askWhole(plan: CallPlan, caller: Caller): Promise<Seen> {
  try {
    const { data, response } = await caller.client.chat.create(...parameters(plan, caller)).withResponse();
    const { warnings, attempts } = response;
    return { ...nothing, ending: { how: 'success' }, completion: textOf(data), warnings, attempts };
  } catch (error) {
    return { ...nothing, ending: { how: 'failure', error } };
  }
}

async function askStream(plan: CallPlan, caller: Caller, abort: () => void): Promise<Seen> {
  let stream: ChatStream;
  try {
    stream = await caller.client.chat.stream(...parameters(plan, caller));
  } catch (error) {
    return { ...nothing, ending: { how: 'failure', error } };
  }
  const settled = stream.settled.then(({ error }) => ({ error, atMs: caller.clock.now() }));
  const pieces: string[] = [];
  let completion: string | undefined;
  let ending: Ending;
  try {
    ({ ending, completion } = await read(stream, plan, caller, pieces, abort));
  } catch (error) {
    ending = error instanceof Enough ? { how: 'left' } : { how: 'failure', error };
  }
  const { error, atMs } = await settled;
  if (plan.reading === 'never') ending = { how: 'unread', error };
  const { warnings, attempts } = stream.response;
  return { ending, pieces, completion, warnings, attempts, settledAtMs: atMs };
}

interface WasRead {
  readonly ending: Ending;
  readonly completion: string | undefined;
}

async function read(
  stream: ChatStream,
  plan: CallPlan,
  { clock }: Caller,
  pieces: string[],
  abort: () => void,
): Promise<WasRead> {
  const success = { how: 'success' } as const;
  if (plan.reading === 'never') return { ending: success, completion: undefined };
  if (plan.reading === 'completion') return { ending: success, completion: textOf(await stream.completion()) };
  const whole = plan.reading === 'loop and completion' ? stream.completion() : undefined;
  let taken = 0;
  let left = false;
  for await (const piece of plan.reading === 'text' ? stream.textDeltas() : textsOf(stream)) {
    pieces.push(piece);
    taken += 1;
    if (plan.reading === 'slowly') await pause(pauseBetweenPiecesMs, clock);
    const { givingUp } = plan;
    if (givingUp === undefined || givingUp.how === 'signal' || taken !== givingUp.afterPieces) continue;
    if (givingUp.how === 'signal in the loop') abort();
    if (givingUp.how === 'throw') throw new Enough();
    if (givingUp.how === 'break') return { ending: { how: 'left' }, completion: undefined };
    if (givingUp.how === 'abort') {
      left = true;
      stream.abort();
    }
  }
  // After `abort()` the loop just ends.
  if (left) return { ending: { how: 'left' }, completion: undefined };
  return { ending: success, completion: whole && textOf(await whole) };
}

async function* textsOf(stream: ChatStream): AsyncGenerator<string, void, undefined> {
  for await (const chunk of stream) yield chunk.choices?.[0]?.delta?.content ?? '';
}

function textOf(completion: ChatCompletion): string {
  const content = completion.choices?.[0]?.message?.content;
  return typeof content === 'string' ? content : '';
}

function pause(ms: number, clock: FakeClock): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => void clock.setTimer(resolve, ms));
}
