import { chunk, lastChunk, write } from 'openrouter-ts/testing/server';
import { done, ending, finish, streamHead, text } from './answers.mjs';
import { between } from './chance.mjs';
import { count, failuresOf, lastRequest, row } from './gate.mjs';
import { OURS } from './clients/index.mjs';

const CAP_MS = 60_000;
/** As many streams that are whole go with them: who calls everything broken is not right either. */
const WHOLE = 100;

const WORDS = ['Hel', 'lo', ', it', ' is', ' a', ' fine', ' day', ' — ', 'schön', ' 🙂', '.'];

/** A stream of random length, and where its finish reason begins. */
function render(random) {
  const first = `: OPENROUTER PROCESSING\n\n${text('So')}`;
  const words = Array.from({ length: between(random, 2, 30) }, () => text(WORDS[between(random, 0, WORDS.length - 1)]));
  const head = Buffer.from(first);
  const body = Buffer.from(first + words.join(''));
  return {
    firstEnds: head.length,
    finishBegins: body.length,
    bytes: Buffer.concat([body, Buffer.from(finish + ending + done)]),
  };
}

function cutting(random, cuts) {
  return (connection) => {
    const index = Number(lastRequest(connection).headers['x-call']);
    const { firstEnds, finishBegins, bytes } = render(random);
    const end = index < cuts ? between(random, firstEnds, finishBegins) : bytes.length;
    const middle = between(random, 1, end - 1);
    return [
      streamHead(),
      write([chunk(bytes.subarray(0, middle)), chunk(bytes.subarray(middle, end))]),
      write(lastChunk),
    ];
  };
}

function endsCell({ cuts, normal, finishes }) {
  if (normal === 0) return `0 of ${count(cuts)}`;
  const words = finishes.map((reason) => (reason === undefined ? 'no finish reason' : `finish reason \`${reason}\``));
  return `**${count(normal)} of ${count(cuts)}** (${words.join(', ')})`;
}

/** @type {import('./gate.mjs').Gate} */
export const cutStreams = {
  id: 'cut-streams',
  title: 'A stream that stops in the middle',
  about: `Each stream is cut at a random byte after its first words and before its finish reason, and the connection is closed in good order; ${WHOLE} whole streams are mixed in. 1,000 cuts for openrouter-ts, 200 for the others.`,
  held: 'no cut stream is reported as a normal end, and no whole one as broken',
  async measure(context) {
    const results = await context.each(
      async (id) => {
        const cuts = id === OURS ? 1_000 : 200;
        const server = await context.serve(cutting(context.random(), cuts));
        const settings = { baseURL: server.baseURL };
        const { result } = await context.run(
          id,
          { task: 'readMany', settings, count: cuts + WHOLE, concurrency: 20 },
          CAP_MS,
        );
        const read = result ?? [];
        const normal = read.slice(0, cuts).filter(({ error }) => error === undefined);
        const broken = read.slice(cuts).filter(({ error }) => error !== undefined);
        const finishes = [...new Set(normal.map((reading) => reading.finish))];
        return { cuts, read: read.length, normal: normal.length, finishes, broken: broken.length };
      },
      { together: true },
    );
    const rows = [
      row('cut streams that end as if all were well', results, endsCell),
      row('whole streams that are called broken', results, ({ broken }) => `${broken} of ${WHOLE}`),
    ];
    const failures = failuresOf(results, ({ cuts, read, normal, broken }) => [
      read !== cuts + WHOLE && `Only ${read} of ${cuts + WHOLE} streams came to an end.`,
      normal > 0 && `${normal} cut streams ended as if all were well.`,
      broken > 0 && `${broken} whole streams were called broken.`,
    ]);
    return { rows, failures };
  },
};
