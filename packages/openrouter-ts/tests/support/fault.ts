import { inspect } from 'node:util';
import { expect, it, onTestFinished, vi } from 'vitest';
import { OpenRouter, OpenRouterError, type ChatCompletion, type OpenRouterOptions } from '../../src/index.ts';
import type { ResponseDetails } from '../../src/http/outcome.ts';
import type { Billing } from '../../src/errors/billing.ts';
import type { Phase } from '../../src/errors/phase.ts';
import {
  startScriptedServer,
  type Script,
  type ScriptedServer,
  type ScriptedServerOptions,
  type ScriptedStep,
} from '../../src/testing/server/index.ts';
import { HastyClock } from './hasty-clock.ts';
import { hello } from './scripted-answers.ts';
import { turnsUntil } from './turns.ts';

/** How a call is made. */
export interface Way {
  readonly transport: 'node' | 'fetch';
  readonly mode: 'whole' | 'stream';
}

const nodeWhole: Way = { transport: 'node', mode: 'whole' };
const nodeStream: Way = { transport: 'node', mode: 'stream' };
const fetchWhole: Way = { transport: 'fetch', mode: 'whole' };
const fetchStream: Way = { transport: 'fetch', mode: 'stream' };

/** Whole and streamed, over both transports. */
export const everyWay: readonly Way[] = [nodeWhole, nodeStream, fetchWhole, fetchStream];
/** Answers that are not streamed. */
export const whole: readonly Way[] = [nodeWhole, fetchWhole];
/** Answers that are streamed. */
export const streamed: readonly Way[] = [nodeStream, fetchStream];
/** What only Node's own HTTP client can do. */
export const overNode: readonly Way[] = [nodeWhole, nodeStream];
/** What happens before there is a transport. */
export const anyWay: readonly Way[] = [nodeWhole];
/** What happens to a stream behind whichever transport. */
export const anyStream: readonly Way[] = [nodeStream];

/** What the table of faults says of one fault; where a test fails a call, it is also what the test expects. */
export interface FaultRow {
  /** What goes wrong. */
  readonly title: string;
  /** Which of several cases this one is; the table names them together. */
  readonly variant?: string;
  /** How far the attempt has come by then. */
  readonly phase?: Phase;
  /** Whether the client tries again by default: once at most, as often as it may, or not. */
  readonly retry?: 'no' | 'once' | 'yes';
  /** What the client does. */
  readonly result: string;
  /** What the attempt may have cost. */
  readonly bill?: Billing;
}

declare module 'vitest' {
  interface TaskMeta {
    /** Which fault a test is about, for the table in docs/reliability.md. */
    fault?: FaultRow & { readonly id: string };
  }
}

/** A good answer, and what came with it. */
export interface Answer {
  readonly completion: ChatCompletion;
  readonly response: ResponseDetails;
}

/** Whom to ask: a server by its address, a client as it is, or an address. */
export type Target = ScriptedServer | OpenRouter | string;

/** An error class of the library, abstract or not. */
type ErrorClass = abstract new (...parameters: never[]) => OpenRouterError;

/** What a test of a fault works with. */
export interface FaultContext {
  readonly way: Way;
  /** The client's time. */
  readonly clock: HastyClock;
  /** Starts a server that is closed when the test is over. */
  readonly serve: (script: Script, options?: ScriptedServerOptions) => Promise<ScriptedServer>;
  /** The steps of a good answer, «Hello». */
  readonly hello: readonly ScriptedStep[];
  readonly client: (target: Target, options?: OpenRouterOptions) => OpenRouter;
  /** Asks and waits for the whole answer, streamed or not. */
  readonly ask: (target: Target, options?: OpenRouterOptions, call?: CallOptions) => Promise<Answer>;
  /** Asks, and expects an error of a class that is as the row says, after as many attempts as it says. */
  readonly fails: (
    target: Target,
    kind: ErrorClass,
    expected?: Readonly<Record<string, unknown>>,
    options?: OpenRouterOptions,
  ) => Promise<OpenRouterError>;
  /** The same for a call that was made already. */
  readonly failsAs: (
    work: Promise<unknown>,
    kind: ErrorClass,
    expected?: Readonly<Record<string, unknown>>,
  ) => Promise<OpenRouterError>;
  /** Asks a server whose first answer, or first two, fail, and expects that the caller does not notice. */
  readonly recovers: (server: ScriptedServer, attempts?: number) => Promise<Answer>;
}

/** What a call may be told. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/** A key that must not be found anywhere. */
export const faultKey = 'sk-or-v1-must-not-leak';

/** What is asked. */
export const faultQuestion = { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] } as const;

const attemptsBy = { no: 1, once: 2, yes: 3 } as const;

/**
 * Registers the tests of one fault: one for each way in which it can be met.
 *
 * @param id - its name, `F01` and so on
 * @param row - what the table says of it
 * @param ways - how the call is made
 * @param test - brings the fault about, and states what follows
 */
export function fault(
  id: string,
  row: FaultRow,
  ways: readonly Way[],
  test: (context: FaultContext) => Promise<void>,
): void {
  const { title, variant, result } = row;
  const what = variant === undefined ? title : `${title} (${variant})`;
  for (const way of ways) {
    const suffix = ways.length > 1 ? ` (${way.transport}, ${way.mode})` : '';
    it(`${id} ${what}: ${result}${suffix}`, { meta: { fault: { id, ...row } } }, async () => {
      forgetProxies();
      const clock = new HastyClock();
      await test(contextFor(way, row, clock));
      // Nothing may be left that would still happen.
      for (let turns = 0; turns < 20 && clock.pendingTimers > 0; turns += 1) await turn();
      expect(clock.pendingTimers, 'timers that are left').toBe(0);
    });
  }
}

/** What is set where the tests run must not count. */
function forgetProxies(): void {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'])
    for (const spelling of [name, name.toLowerCase()]) vi.stubEnv(spelling, undefined);
}

function contextFor(way: Way, row: FaultRow, clock: HastyClock): FaultContext {
  const client: FaultContext['client'] = (target, options) =>
    target instanceof OpenRouter
      ? target
      : new OpenRouter({
          apiKey: faultKey,
          baseURL: typeof target === 'string' ? target : target.baseURL,
          clock,
          random: () => 0.5,
          ...(way.transport === 'fetch' && { fetch: (url, init) => globalThis.fetch(url, init) }),
          ...options,
        });
  const ask: FaultContext['ask'] = async (target, options, call) => {
    const { chat } = client(target, options);
    if (way.mode === 'whole') {
      const { data, response } = await chat.create(faultQuestion, call).withResponse();
      return { completion: data, response };
    }
    const stream = await chat.stream(faultQuestion, call);
    return { completion: await stream.completion(), response: stream.response };
  };
  const failsAs: FaultContext['failsAs'] = async (work, kind, expected = {}) => {
    const error = await failureOf(work);
    expect(error).toBeInstanceOf(kind);
    expect(error).toBeInstanceOf(OpenRouterError);
    expect(error).toMatchObject({
      ...(row.phase !== undefined && { phase: row.phase }),
      ...(row.bill !== undefined && { billing: row.bill }),
      ...expected,
    });
    expect(inspect(error, { depth: 12, showHidden: true })).not.toContain('must-not-leak');
    const known = error as OpenRouterError;
    const { length } = known.attempts;
    expect(length, 'attempts').toBe(row.retry === undefined ? length : attemptsBy[row.retry]);
    return known;
  };
  return {
    way,
    clock,
    hello: hello(way.mode),
    client,
    ask,
    failsAs,
    serve: async (script, options) => {
      const server = await startScriptedServer(script, options);
      onTestFinished(() => server.close());
      return server;
    },
    fails: async (target, kind, expected, options) => {
      const error = await failsAs(ask(target, options), kind, expected);
      const { length } = error.attempts;
      const isServer = typeof target === 'object' && 'requests' in target;
      expect(isServer && row.phase !== 'unsent' ? target.requests.length : length, 'requests').toBe(length);
      return error;
    },
    recovers: async (server, attempts = 2) => {
      const answer = await ask(server);
      expect(answer.completion.choices[0]?.message.content).toBe('Hello');
      expect(server.requests, 'requests').toHaveLength(attempts);
      expect(answer.response.attempts, 'attempts').toHaveLength(attempts);
      expect(answer.response.attempts[0]).toMatchObject({
        ...(row.phase !== undefined && { phase: row.phase }),
        ...(row.bill !== undefined && { billing: row.bill }),
      });
      return answer;
    },
  };
}

/** What a call fails with; a call that does not fail fails the test. */
export function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => {
      throw new Error(`Nothing failed: ${inspect(value)}`);
    },
    (error: unknown) => error,
  );
}

/** Waits until a server has seen the end of each connection that it was asked over, and expects that the client closed them. */
export async function closedByClient(server: ScriptedServer): Promise<void> {
  await turnsUntil(() => server.connections.length > 0);
  // A fetch may open another connection in advance.
  const used = server.connections.filter(({ bytesReceived }) => bytesReceived > 0);
  await server.until(() => used.every(({ closed }) => closed));
  for (const { end } of used) expect(end).toMatch(/^client-/);
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
