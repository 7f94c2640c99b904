import { gzipSync } from 'node:zlib';
import { chunk, lastChunk, responseHead, write } from 'openrouter-ts/testing/server';
import { streamHead } from './answers.mjs';
import { failuresOf, row } from './gate.mjs';

const MEBIBYTE = 1024 * 1024;
const MOST_MIB = 256;
const CAP_MS = 30_000;

function* line() {
  yield streamHead();
  const piece = chunk('x'.repeat(MEBIBYTE));
  yield write(chunk('data: '));
  for (let left = 600; left > 0; left -= 1) yield write(piece);
  yield write(lastChunk);
}

/** Many small archives, one after the other, are an archive too. */
function* unpacking(archive, times) {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip', connection: 'close' };
  yield write(responseHead(200, { ...headers, 'content-length': String(archive.length * times) }));
  for (let left = times; left > 0; left -= 1) yield write(archive);
}

const bombs = () => {
  const archive = gzipSync(Buffer.alloc(30 * MEBIBYTE, ' '), { level: 9 });
  return {
    'a stream with one line of 600 MB': { mode: 'stream', script: () => line() },
    'an answer of 0.6 MB that unpacks into 600 MB': { mode: 'whole', script: () => unpacking(archive, 20) },
  };
};

function cell({ note, peakRssMiB }) {
  const reported = note === undefined ? `not done after ${CAP_MS / 1000} s` : (note.error ?? '**no error**');
  const took = note === undefined ? '' : ` after ${(note.ms / 1000).toFixed(1)} s`;
  const rss = peakRssMiB === undefined ? 'unknown' : `${Math.round(peakRssMiB)} MiB`;
  return `${rss}; ${reported}${took}`;
}

/** @type {import('./gate.mjs').Gate} */
export const enormous = {
  id: 'bombs',
  title: 'Enormous answers',
  about: `The most memory that the process of the client has used (RSS, Node itself included), what it reports, and after how long; each client with its defaults. After ${CAP_MS / 1000} seconds a client is ended.`,
  held: `an error of its own, and less than ${MOST_MIB} MiB`,
  async measure(context) {
    const rows = [];
    const failures = [];
    for (const [what, { mode, script }] of Object.entries(bombs())) {
      const results = await context.each(
        async (id) => {
          const { baseURL } = await context.serve(script);
          const baseURLs = { bomb: { baseURL, mode } };
          const { notes, peakRssMiB } = await context.run(id, { task: 'meetEach', settings: {}, baseURLs }, CAP_MS);
          return { note: notes[0], peakRssMiB };
        },
        { together: true },
      );
      rows.push(row(what, results, cell));
      failures.push(
        ...failuresOf(results, ({ note, peakRssMiB }) => [
          note?.error !== 'LimitExceededError' && `${what}: ${note?.error ?? 'no error'}.`,
          !(peakRssMiB < MOST_MIB) && `${what}: ${Math.round(peakRssMiB)} MiB.`,
        ]),
      );
    }
    return { rows, failures };
  },
};
