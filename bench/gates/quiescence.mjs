import { chunk, stall, wait, write } from 'openrouter-ts/testing/server';
import { hello, helloStream, refusal, stream, streamHead, text } from './answers.mjs';
import { OURS } from './clients/index.mjs';
import { count, failuresOf, lastRequest, row } from './gate.mjs';

const CAP_MS = 25_000;
const OURS_CALLS = 2_000;
const PEERS_CALLS = 200;

function* endless() {
  yield streamHead();
  for (;;) {
    yield write(chunk(text('more ')));
    yield wait(50);
  }
}

const ANSWERS = {
  answer: () => [hello()],
  refusal: () => [refusal(400, { message: 'No' })],
  stream: helloStream,
  cut: () => stream([text('Hel')]),
  abort: () => [stall()],
  break: () => endless(),
  'abort-stream': () => endless(),
};

function leftCell({ result }) {
  if (result === undefined) return `**not done after ${CAP_MS / 1000} s**`;
  if (result.left.length === 0) return '0';
  const kinds = new Map();
  for (const kind of result.left) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return `**${count(result.left.length)}** (${[...kinds].map(([kind, times]) => `${times} ${kind}`).join(', ')})`;
}

/** @type {import('./gate.mjs').Gate} */
export const quiescence = {
  id: 'quiescence',
  title: 'What is left behind',
  about: `${count(OURS_CALLS)} calls (${PEERS_CALLS} for the other clients): answers, refusals, streams, cut streams, aborted calls, aborted streams and loops that were left, most of them under one signal. Half a second after the last one it is counted what is left: listeners on the signals, and what keeps the process alive.`,
  held: 'nothing, and the process ends by itself',
  async measure(context) {
    const results = await context.each(
      async (id) => {
        const server = await context.serve((connection) => ANSWERS[lastRequest(connection).headers['x-way']]());
        const calls = id === OURS ? OURS_CALLS : PEERS_CALLS;
        const settings = { baseURL: server.baseURL };
        const job = { task: 'mixCalls', settings, count: calls, concurrency: 40, endsByItself: true };
        const { result, endedByItself, unhandled } = await context.run(id, job, CAP_MS);
        return { result, endedByItself, unhandled };
      },
      { together: true },
    );
    const rows = [
      row('listeners on the signals', results, ({ result }) =>
        result === undefined ? 'not known' : result.listeners === 0 ? '0' : `**${count(result.listeners)}**`,
      ),
      row('connections, timers and the like that keep the process alive', results, leftCell),
      row('rejections that nobody could handle', results, ({ unhandled }) =>
        unhandled === 0 ? '0' : `**${unhandled}**`,
      ),
      row('the process ends by itself', results, ({ endedByItself }) => (endedByItself ? 'yes' : '**no**')),
    ];
    const failures = failuresOf(results, ({ result, endedByItself, unhandled }) => [
      result === undefined && 'The calls did not end.',
      result?.listeners > 0 && `${result.listeners} listeners were left.`,
      result?.left.length > 0 && `Left: ${result.left.join(', ')}.`,
      unhandled > 0 && `${unhandled} rejections were not handled.`,
      !endedByItself && 'The process did not end by itself.',
    ]);
    return { rows, failures };
  },
};
