import { chunk, stall, wait, write } from 'openrouter-ts/testing/server';
import { streamHead, text } from './answers.mjs';
import { failuresOf, row } from './gate.mjs';

const TIMEOUT_MS = 800;
const CAP_MS = 7_000;

function* comments() {
  yield streamHead();
  for (;;) {
    yield write(chunk(': OPENROUTER PROCESSING\n\n'));
    yield wait(100);
  }
}

const STALLS = {
  'no answer at all': () => [stall()],
  'silence after two chunks': () => [streamHead(), write([chunk(text('Hel')), chunk(text('lo'))]), stall()],
  'comments, and never a chunk': () => comments(),
};

function cell(note) {
  return note === undefined
    ? `**no end within ${CAP_MS / 1000} s**`
    : `${note.error ?? '**no error**'} after ${(note.ms / 1000).toFixed(1)} s`;
}

/** @type {import('./gate.mjs').Gate} */
export const stalls = {
  id: 'stalls',
  title: 'Silence',
  about: `Streams that stall, with every limit for waits that a client has set to ${TIMEOUT_MS} ms. The time includes what it tries again; after ${CAP_MS / 1000} seconds a client is ended.`,
  held: 'each is a TimeoutError',
  async measure(context) {
    const results = await context.each(
      async (id) => {
        const entries = Object.entries(STALLS).map(async ([name, script]) => {
          const { baseURL } = await context.serve(script);
          return [name, { baseURL, mode: 'stream' }];
        });
        const baseURLs = Object.fromEntries(await Promise.all(entries));
        const settings = { timeoutMs: TIMEOUT_MS };
        const { notes } = await context.run(id, { task: 'meetEach', settings, baseURLs }, CAP_MS);
        return Object.fromEntries(Object.keys(STALLS).map((name) => [name, notes.find((note) => note.id === name)]));
      },
      { together: true },
    );
    const rows = Object.keys(STALLS).map((name) => row(name, results, (notes) => cell(notes[name])));
    const failures = failuresOf(results, (notes) =>
      Object.entries(notes).map(([name, note]) => note?.error !== 'TimeoutError' && `${name}: ${cell(note)}.`),
    );
    return { rows, failures };
  },
};
