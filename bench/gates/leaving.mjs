import { performance } from 'node:perf_hooks';
import { chunk, wait, write } from 'openrouter-ts/testing/server';
import { streamHead, text } from './answers.mjs';
import { OURS } from './clients/index.mjs';
import { failuresOf, lastRequest, quantile, row } from './gate.mjs';

/** How long after the last leave a connection may be closed to count. */
const STAY_MS = 5_000;
const CAP_MS = 25_000;

function* endless() {
  yield streamHead();
  const piece = chunk(text('more '));
  for (;;) {
    yield write(piece);
    yield wait(10);
  }
}

async function leave(context, id) {
  const streams = id === OURS ? 100 : 30;
  const byIndex = new Map();
  const server = await context.serve((connection) => {
    byIndex.set(Number(lastRequest(connection).headers['x-call']), connection);
    return endless();
  });
  const job = { task: 'leaveStreams', settings: { baseURL: server.baseURL }, count: streams, stayMs: STAY_MS };
  const { notes } = await context.run(id, job, CAP_MS);
  // At its end the process closes everything: only what was closed before counts.
  const leftAt = Math.max(...notes.map((note) => note.leftAt));
  const times = notes
    .map((note) => closedAt(byIndex.get(note.index)) - note.leftAt)
    .filter((ms, index) => notes[index].leftAt + ms < leftAt + STAY_MS - 50);
  return { streams, begun: notes.length, times: times.toSorted((one, other) => one - other) };
}

/** When the server saw that the client had closed a connection, by the clock of all processes. */
function closedAt(connection) {
  const event = connection?.events.find(
    ({ what }) => what === 'client-fin' || what === 'client-reset' || what === 'closed',
  );
  return event === undefined ? Infinity : performance.timeOrigin + event.atMs;
}

function cell({ streams, times }) {
  const closed = times.length === streams ? `all ${streams} closed` : `**${times.length} of ${streams} closed**`;
  if (times.length === 0) return closed;
  const [median, late] = [0.5, 0.99].map((part) => Math.max(0, quantile(times, part)).toFixed(1));
  return `${closed}; p50 ${median} ms, p99 ${late} ms`;
}

/** @type {import('./gate.mjs').Gate} */
export const leaving = {
  id: 'leaving',
  title: 'Leaving the loop',
  about: `A loop over an endless stream is left with \`break\` at the first text, again and again. Until the connection is closed the model goes on, and is paid; the time is from the \`break\` until the server sees the end. What is still open ${STAY_MS / 1000} seconds after the last \`break\` does not count as closed.`,
  held: 'every connection is closed',
  async measure(context) {
    const results = await context.each((id) => leave(context, id));
    const failures = failuresOf(results, ({ streams, begun, times }) => [
      begun < streams && `Only ${begun} of ${streams} streams could be left.`,
      times.length < streams && `Only ${times.length} of ${streams} connections were closed.`,
    ]);
    return { rows: [row('connections after `break`', results, cell)], failures };
  },
};
