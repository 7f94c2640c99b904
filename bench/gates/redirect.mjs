import { hello, whole } from './answers.mjs';
import { PROMPT } from './clients/index.mjs';
import { count, failuresOf, row } from './gate.mjs';

const CAP_MS = 15_000;

/** @type {import('./gate.mjs').Gate} */
export const redirect = {
  id: 'redirect',
  title: 'A redirect to somebody else',
  about: `The server answers with 307 to another origin. The prompt has ${count(PROMPT.length)} bytes.`,
  held: 'the other origin sees nothing',
  async measure(context) {
    const results = await context.each(
      async (id) => {
        const foreign = await context.serve(() => [hello()]);
        const location = `${foreign.baseURL.replace('127.0.0.1', 'localhost')}/chat/completions`;
        const server = await context.serve(() => [whole(307, '', { location })]);
        const baseURLs = { redirect: { baseURL: server.baseURL, mode: 'whole' } };
        const { notes } = await context.run(id, { task: 'meetEach', settings: {}, baseURLs }, CAP_MS);
        const body = foreign.requests.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0);
        const all = foreign.connections.reduce((sum, { bytesReceived }) => sum + bytesReceived, 0);
        return { body, all, note: notes[0] };
      },
      { together: true },
    );
    const rows = [
      row('bytes of the request that the other origin sees', results, ({ body }) =>
        body === 0 ? '0' : `**${count(body)}**`,
      ),
      row('what the caller sees', results, ({ note }) =>
        note === undefined
          ? `nothing within ${CAP_MS / 1000} s`
          : (note.error ?? `«${note.text}», from the other origin`),
      ),
    ];
    const failures = failuresOf(results, ({ all, note }) => [
      all > 0 && `The other origin saw ${all} bytes.`,
      note?.error === undefined && 'The redirect was not an error.',
    ]);
    return { rows, failures };
  },
};
