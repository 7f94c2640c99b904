import { rst } from 'openrouter-ts/testing/server';
import { refusal } from './answers.mjs';
import { count, failuresOf, row } from './gate.mjs';

const CALLS = 1_000;
const CAP_MS = 20_000;
const MOST = 1_050;

const OUTAGES = {
  'every request is answered with 503': () => [refusal(503, { message: 'The provider is down' })],
  'every connection is reset': () => [rst()],
};

/** @type {import('./gate.mjs').Gate} */
export const storm = {
  id: 'storm',
  title: 'A server that is down',
  about: `${count(CALLS)} calls at once, each with the client's own defaults. What is counted are the requests that the server sees; after ${CAP_MS / 1000} seconds a client is ended.`,
  held: `at most ${count(MOST)} requests`,
  async measure(context) {
    const rows = [];
    const failures = [];
    for (const [outage, script] of Object.entries(OUTAGES)) {
      const results = await context.each(
        async (id) => {
          const server = await context.serve(script);
          const settings = { baseURL: server.baseURL };
          const { capped } = await context.run(id, { task: 'askMany', settings, count: CALLS }, CAP_MS);
          return { requests: server.requests.length, capped };
        },
        { together: true },
      );
      rows.push(
        row(`requests, when ${outage}`, results, ({ requests, capped }) =>
          capped ? `${count(requests)}, and still going on` : count(requests),
        ),
      );
      failures.push(
        ...failuresOf(results, ({ requests, capped }) => [
          capped && `The calls did not end, when ${outage}.`,
          (requests < CALLS || requests > MOST) && `${requests} requests were sent, when ${outage}.`,
        ]),
      );
    }
    return { rows, failures };
  },
};
