import { chunk, lastChunk, write } from 'openrouter-ts/testing/server';
import { completion, done, ending, event, finish, stream, streamChunk, streamHead, text, whole } from './answers.mjs';
import { failuresOf, row } from './gate.mjs';

const CAP_MS = 25_000;
const SAID = 'Provider overloaded';
const PAGE = '<!doctype html><html><head><title>Sign in</title></head><body>Sign in to the network</body></html>';
const error = { code: 502, message: SAID };

/** Each answer has status 200. `said` where the server tells what is wrong, in words. */
const LIES = {
  'whole-error': {
    label: 'an error in the place of an answer',
    mode: 'whole',
    said: true,
    script: () => [whole(200, JSON.stringify({ error }))],
  },
  'choice-error': {
    label: 'an error inside of the choice, with half an answer',
    mode: 'whole',
    said: true,
    script: () => [whole(200, completion('Hel', { error, finish_reason: 'error', native_finish_reason: 'error' }))],
  },
  'whole-html': {
    label: 'a web page in the place of an answer',
    mode: 'whole',
    script: () => [whole(200, PAGE, { 'content-type': 'text/html' })],
  },
  'whole-empty': { label: 'an empty body', mode: 'whole', script: () => [whole(200, '')] },
  'stream-json-error': {
    label: 'an error in the place of a stream',
    mode: 'stream',
    said: true,
    script: () => [whole(200, JSON.stringify({ error }))],
  },
  'stream-html': {
    label: 'a web page in the place of a stream',
    mode: 'stream',
    script: () => [whole(200, PAGE, { 'content-type': 'text/html' })],
  },
  'stream-error': {
    label: 'an error event in mid-stream',
    mode: 'stream',
    said: true,
    script: () => stream([text('Hel'), streamChunk({ content: '' }, { finish_reason: 'error' }, { error }), done]),
  },
  'stream-invalid': {
    label: 'a chunk that is not JSON, and more text after it',
    mode: 'stream',
    script: () => stream([text('Hel'), event('{"id":"gen-gate-1","choices":[{"del'), text('lo'), finish, ending, done]),
  },
  'stream-after-done': {
    label: 'text after `[DONE]`',
    mode: 'stream',
    whole: 'Hello',
    script: () => [
      streamHead(),
      write([chunk(text('Hello') + finish + ending + done), chunk(text(' and more'))]),
      write(lastChunk),
    ],
  },
};

/**
 * What a client reports, in words, and whether its caller learns the truth.
 * @param {any} note
 * @param {{ said?: boolean, whole?: string }} lie
 */
function report(note, { said = false, whole: wholeText }) {
  if (note === undefined) return { honest: false, words: `nothing within ${CAP_MS / 1000} s` };
  if (note.error !== undefined) {
    const lost = said && !note.message.includes(SAID) ? ', without what the server said' : '';
    const more = note.afterError ? `, **and then goes on with «${note.afterError}»**` : '';
    return { honest: !note.afterError && wholeText === undefined, words: `error: ${note.error}${lost}${more}` };
  }
  if (wholeText !== undefined && note.text === wholeText) return { honest: true, words: 'not delivered' };
  return { honest: false, words: `**${passesFor(note)}**` };
}

/** What a lie is taken for. */
function passesFor({ mode, type, text: answer, finish: reason }) {
  const why = reason ? `finish reason ${reason}` : 'no finish reason';
  if (mode === 'stream')
    return answer ? `ends normally with «${answer}», ${why}` : `ends normally without text, ${why}`;
  if (type === 'nothing') return 'returns undefined';
  if (type === 'string') return 'returns the page as a string';
  return answer ? `returns «${answer}» as an answer, ${why}` : `returns an object without text, ${why}`;
}

/** @type {import('./gate.mjs').Gate} */
export const lies = {
  id: 'lies',
  title: 'Answers with status 200 that are none',
  about:
    'What the caller of each client sees. Bold is what passes for good, or is delivered although it should not be.',
  held: 'each is an error with what the server said; what follows the end mark is not delivered',
  async measure(context) {
    const results = await context.each(
      async (id) => {
        const entries = Object.entries(LIES).map(async ([name, { mode, script }]) => {
          const { baseURL } = await context.serve(script);
          return [name, { baseURL, mode }];
        });
        const baseURLs = Object.fromEntries(await Promise.all(entries));
        const { notes } = await context.run(id, { task: 'meetEach', settings: {}, baseURLs }, CAP_MS);
        const reports = Object.entries(LIES).map(([name, lie]) => [
          name,
          report(
            notes.find((note) => note.id === name),
            lie,
          ),
        ]);
        return Object.fromEntries(reports);
      },
      { together: true },
    );
    const rows = Object.entries(LIES).map(([name, { label }]) => row(label, results, (reports) => reports[name].words));
    const failures = failuresOf(results, (reports) =>
      Object.entries(reports).map(
        ([name, { honest, words }]) =>
          (!honest || words.includes('without what the server said')) && `${LIES[name].label}: ${words}.`,
      ),
    );
    return { rows, failures };
  },
};
