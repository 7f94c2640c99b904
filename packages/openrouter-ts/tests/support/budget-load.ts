import * as money from '../../src/cost/index.ts';
import {
  BudgetExceededError,
  isOpenRouterError,
  OpenRouter,
  type BudgetStatus,
  type ChatStream,
  type CostEntry,
  type Decimal,
  type Reconciliation,
} from '../../src/index.ts';
import {
  brokenAnswer,
  cut,
  cutAfter,
  endAfter,
  failure,
  FakeClock,
  hang,
  hangAfter,
  late,
  oneOf,
  rateLimited,
  reply,
  reset,
  resetAfter,
  seededRandom,
  Simulator,
  sometimes,
  unreachable,
  type Random,
  type SimulatedGeneration,
  type SimulatedModel,
  type SimulatedResponse,
  type Step,
} from '../../src/testing/index.ts';
import { goodKey } from './simulated-api.ts';

const models: readonly SimulatedModel[] = [
  { id: 'a/cheap', pricing: { prompt: '0.0000004', completion: '0.0000031' } },
  { id: 'a/dear', pricing: { prompt: '0.0000013', completion: '0.0000097' } },
  { id: 'a/stubborn', pricing: { prompt: '0.0000007', completion: '0.0000061' }, stopsWhenCancelled: false },
  { id: 'a/thinker', pricing: { prompt: '0.0000009', completion: '0.0000053' }, reasoning: { mandatory: true } },
  { id: 'a/gift:free', pricing: { prompt: '0', completion: '0' } },
];

const words = ['These ', 'words ', 'come ', 'one ', 'by ', 'one.'];

/** An answer that is billed for some of the tokens that it may have at most. */
const answer: SimulatedResponse = (exchange) => {
  const { max_tokens: most } = exchange.request.json as { readonly max_tokens: number };
  const completion = Math.max(words.length, Math.ceil(most * exchange.random()));
  return reply({ content: words, usage: { completion } })(exchange);
};

/** Notes the answers that are made and billed, and of which nothing comes back. */
function answerInVain(noted: Set<string>, instead: SimulatedResponse): SimulatedResponse {
  return (exchange) => {
    for (const step of answer(exchange)) if (step.type === 'end') break;
    noted.add(exchange.generationId);
    return instead(exchange);
  };
}

/** What goes wrong. Connections that break at once are not among it: they had been closed before anything was asked. */
const faults = (inVain: Set<string>): SimulatedResponse =>
  oneOf(
    failure(400),
    failure(500),
    failure(502),
    rateLimited(),
    brokenAnswer({ answer: { content: words } }),
    brokenAnswer({ answer: { content: words }, shape: 'bare' }),
    cutAfter(answer, { events: 4 }),
    cutAfter(answer, { bytes: 40 }),
    resetAfter(answer, { bytes: 300 }),
    endAfter(answer, { events: 1 }),
    endAfter(answer, { bytes: 0 }),
    hangAfter(answer, { bytes: 200 }),
    (exchange) => reply({ content: words, usage: null, usageChunk: 'none' })(exchange),
    late(answer, 700_000),
    hang({ before: 'headers' }),
    late(cut(), 3_000),
    unreachable(),
    answerInVain(inVain, late(reset(), 3_000)),
    answerInVain(inVain, hang({ before: 'headers' })),
  );

/** What is known when everything is over. */
export interface LoadReport {
  readonly limit: Decimal;
  readonly status: BudgetStatus;
  readonly simulator: Simulator;
  readonly entries: readonly CostEntry[];
  readonly reconciled: Reconciliation;
  /** The answers that were billed, and of which the client was told nothing: not even an id to ask with. */
  readonly inVain: ReadonlySet<string>;
  /** How many requests were sent to which there was no answer whatever. */
  readonly silent: number;
  /** Before the costs that were not known were asked for. */
  readonly before: readonly CostEntry[];
  /** The most requests for answers that were open at the same time. */
  readonly mostInFlight: number;
  readonly refused: number;
}

/** What a load is made of. */
export interface LoadOptions {
  readonly seed: number;
  /** How many calls begin at the same time. */
  readonly calls: number;
  readonly budgetUsd: string;
  /** How often an answer goes wrong: 0 for never, 1 for always. */
  readonly trouble: number;
  /** Whether calls are made until the budget refuses all of them that cost something. */
  readonly untilRefused?: boolean;
}

/** Loads what a client loads when it is needed, which a fake clock does not wait for: from then on a seed says everything. */
export async function loadEverything(): Promise<void> {
  const simulator = new Simulator({ models });
  const client = new OpenRouter({ apiKey: goodKey, transport: simulator.transport, budget: { usd: 1 } });
  const request = { model: 'a/cheap', max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] } as const;
  simulator.when({ path: '/chat/completions' }, reply({ content: words, usage: null, usageChunk: 'none' }));
  await (await client.chat.stream(request, { failover: 'restart' })).completion();
  await client.costs.reconcile();
  await spend({ seed: 0, calls: 20, budgetUsd: '1', trouble: 0.5 });
}

/** Spends a budget through many calls at once, of which some fail, are given up or cut off. */
export async function spend(options: LoadOptions): Promise<LoadReport> {
  const { seed, calls, budgetUsd, trouble } = options;
  const random = seededRandom(seed);
  const clock = new FakeClock();
  const simulator = new Simulator({ models, seed, clock, pace: { firstMs: 40, chunkMs: 5 } });
  let mostInFlight = 0;
  const inVain = new Set<string>();
  const silent = new Set<number>();
  const troubled = sometimes(trouble, faults(inVain), answer);
  simulator.when({ path: '/chat/completions' }, (exchange) => {
    const open = simulator.requests.filter(({ state, path }) => state === 'open' && path.endsWith('/completions'));
    mostInFlight = Math.max(mostInFlight, open.length);
    return noting(silent, exchange.request.number, troubled(exchange));
  });
  const client = new OpenRouter({
    apiKey: goodKey,
    transport: simulator.transport,
    clock,
    random,
    rateLimit: { freeRequestsPerMinute: Infinity },
    budget: { usd: budgetUsd },
  });
  let refused = 0;
  const wave = async (): Promise<boolean> => {
    const ends = await clock.runUntil(Promise.all(Array.from({ length: calls }, () => call(client, clock, random))));
    refused += ends.filter((end) => end === 'refused').length;
    return ends.includes('paid');
  };
  const reconcile = (): Promise<Reconciliation> => clock.runUntil(client.costs.reconcile());
  let goesOn = await wave();
  const before = client.costs.entries;
  let reconciled = await reconcile();
  while (options.untilRefused === true && goesOn) {
    goesOn = await wave();
    reconciled = await reconcile();
  }
  const [status] = await client.costs.budgets();
  if (status === undefined) throw new Error('There is no budget.');
  const limit = money.decimal(budgetUsd) ?? money.zero;
  const { entries } = client.costs;
  return { limit, status, simulator, inVain, silent: silent.size, before, entries, reconciled, mostInFlight, refused };
}

/** Notes a request until there is an answer to it, or no connection. */
function* noting(silent: Set<number>, number: number, steps: Iterable<Step>): Generator<Step, void, undefined> {
  silent.add(number);
  for (const step of steps) {
    if (step.type === 'headers' || step.type === 'refuse') silent.delete(number);
    yield step;
  }
}

async function call(client: OpenRouter, clock: FakeClock, random: Random): Promise<'refused' | 'paid' | 'free'> {
  const pick = <Item>(...items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const model = pick(...models)?.id ?? '';
  const request = {
    model,
    max_tokens: 100 + Math.floor(random() * 2_000),
    messages: [{ role: 'user', content: 'x'.repeat(1 + Math.floor(random() * 400)) }],
  } as const;
  const abort = new AbortController();
  if (random() < 0.15) clock.setTimer(() => abort.abort(new Error('enough')), random() * 200);
  const options = {
    signal: abort.signal,
    tag: pick('one', 'other'),
    fallbackModels: pick([], ['a/cheap'], ['a/gift:free', 'a/dear']),
    maxCostUsd: pick(undefined, undefined, '0.02'),
  };
  try {
    if (random() < 0.5) await client.chat.create(request, options);
    else await read(await client.chat.stream(request, { ...options, failover: pick('off', 'restart') }), random);
  } catch (error) {
    if (error instanceof BudgetExceededError) return 'refused';
    if (error !== abort.signal.reason && !isOpenRouterError(error)) throw error;
  }
  return model.endsWith(':free') ? 'free' : 'paid';
}

/** Some readers leave in the middle. */
async function read(stream: ChatStream, random: Random): Promise<void> {
  for await (const text of stream.textDeltas()) if (text === words[2] && random() < 0.2) break;
}

/** The exact sum of what was billed. */
export function billed(generations: readonly SimulatedGeneration[]): string {
  return money.toText(
    generations.reduce((sum, { costUsd }) => money.add(sum, money.decimal(costUsd) ?? money.zero), money.zero),
  );
}

/** The exact sum of what is known. */
export function known(entries: readonly CostEntry[]): string {
  return money.toText(entries.reduce((sum, { usd = money.zero }) => money.add(sum, usd), money.zero));
}
