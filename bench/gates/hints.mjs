import { performance } from 'node:perf_hooks';
import { between } from './chance.mjs';
import { hello, refusal } from './answers.mjs';
import { count, failuresOf, lastRequest, row } from './gate.mjs';

const CALLS = 250;
const CAP_MS = 30_000;
const FAR_CAP_MS = 9_000;

/** Timers of the runtime end as much too early. */
const TIMER_MS = 2;

/** How a server says when it wants to be asked again; each gets the wait, and returns what it asks for exactly, and how. */
const SHAPES = {
  '`retry-after-ms`': (ms) => ({ ms, headers: { 'retry-after-ms': String(ms) } }),
  '`Retry-After` in seconds': () => ({ ms: 1_000, headers: { 'retry-after': '1' } }),
  '`Retry-After` as a date': (ms) => {
    const at = Math.ceil((Date.now() + ms) / 1_000) * 1_000;
    return { ms: at - Date.now(), headers: { 'retry-after': new Date(at).toUTCString() } };
  },
  '`X-RateLimit-Reset`': (ms) => ({ ms, headers: { 'x-ratelimit-reset': String(Math.ceil(Date.now() + ms)) } }),
  '`X-RateLimit-Reset` in the body': (ms) => {
    const headers = { 'X-RateLimit-Reset': String(Math.ceil(Date.now() + ms)) };
    return { ms, metadata: { headers } };
  },
};

const message = 'Rate limit exceeded';

/** Refuses each call once, and again whenever it comes back too early. */
function refusing(random) {
  /** @type {Map<string, { shape: string, notBefore: number, requests: number, early: boolean }>} */
  const calls = new Map();
  const refuse = (call, ms) => {
    const asked = SHAPES[call.shape](ms);
    call.notBefore = performance.now() + asked.ms;
    return [refusal(429, { message, ...(asked.metadata && { metadata: asked.metadata }) }, asked.headers)];
  };
  const script = (connection) => {
    const id = lastRequest(connection).headers['x-call'];
    const known = calls.get(id);
    if (known === undefined) {
      const names = Object.keys(SHAPES);
      const call = { shape: names[Number(id) % names.length], notBefore: 0, requests: 1, early: false };
      calls.set(id, call);
      return refuse(call, between(random, 50, 2_500));
    }
    known.requests += 1;
    const left = known.notBefore - performance.now();
    if (left <= TIMER_MS) return [hello()];
    known.early = true;
    return refuse(known, Math.ceil(left));
  };
  return { calls, script };
}

async function obedience(context, id) {
  const { calls, script } = refusing(context.random());
  const server = await context.serve(script);
  const job = { task: 'askMany', settings: { baseURL: server.baseURL }, count: CALLS, modelEach: true };
  const { result } = await context.run(id, job, CAP_MS);
  const early = {};
  for (const shape of Object.keys(SHAPES)) {
    const those = [...calls.values()].filter((call) => call.shape === shape);
    const again = those.filter(({ requests }) => requests > 1);
    early[shape] = { all: those.length, again: again.length, early: again.filter((call) => call.early).length };
  }
  return { early, good: result?.good ?? 0 };
}

async function farOff(context, id) {
  const server = await context.serve(() => [refusal(429, { message }, { 'retry-after': '120' })]);
  const baseURLs = { far: { baseURL: server.baseURL, mode: 'whole' } };
  const { notes } = await context.run(id, { task: 'meetEach', settings: {}, baseURLs }, FAR_CAP_MS);
  return { requests: server.requests.length, note: notes[0] };
}

function obedienceCell({ all, again, early }) {
  if (again === 0) return 'never comes back';
  return early === 0 ? `0 of ${all}` : `**${early} of ${all}**`;
}

function farCell({ requests, note }) {
  const sent = requests === 1 ? 'one request' : `**${requests} requests**`;
  if (note === undefined) return `${sent}, and still waiting after ${FAR_CAP_MS / 1000} s`;
  const when = note.retryAfterMs === undefined ? '' : `, which says \`retryAfterMs: ${note.retryAfterMs}\``;
  return `${sent}, then ${note.error ?? 'an answer'}${when}`;
}

/** @type {import('./gate.mjs').Gate} */
export const hints = {
  id: 'hints',
  title: 'Too many requests, come back later',
  about: `${count(CALLS)} calls at once are refused with 429 and told when to come back, 50 to 2,500 ms later; who comes back more than ${TIMER_MS} ms earlier is refused again. Then one call is told to come back in two minutes.`,
  held: 'never early, and a wait of two minutes is an error at once that says so',
  async measure(context) {
    // One after the other: a client that is held up comes back late, and so not too early.
    const results = await context.each(async (id) => {
      const [obeyed, far] = await Promise.all([obedience(context, id), farOff(context, id)]);
      return { ...obeyed, far };
    });
    const rows = [
      ...Object.keys(SHAPES).map((shape) =>
        row(`calls that come back too early, after ${shape}`, results, ({ early }) => obedienceCell(early[shape])),
      ),
      row('calls that succeed in the end', results, ({ good }) => `${good} of ${CALLS}`),
      row('`Retry-After: 120`', results, ({ far }) => farCell(far)),
    ];
    const failures = failuresOf(results, ({ early, good, far }) => [
      ...Object.entries(early).map(
        ([shape, calls]) => calls.early > 0 && `${calls.early} calls came back before ${shape} allowed it.`,
      ),
      good < CALLS && `Only ${good} of ${CALLS} calls succeeded.`,
      far.requests !== 1 && `${far.requests} requests were sent after Retry-After: 120.`,
      far.note?.retryAfterMs !== 120_000 && 'Retry-After: 120 did not fail at once with its time.',
    ]);
    return { rows, failures };
  },
};
