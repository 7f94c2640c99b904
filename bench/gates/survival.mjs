import { hello, refusal } from './answers.mjs';
import { OURS } from './clients/index.mjs';
import { count, failuresOf, percent, row } from './gate.mjs';

const OURS_CALLS = 3_000;
const PEERS_CALLS = 1_000;
const CONCURRENCY = 200;
const CAP_MS = 90_000;
const FAILING = 0.1;

const CASES = [
  { label: 'with its defaults', maxRetries: undefined, least: 0.997 },
  { label: 'with `maxRetries: 3`', maxRetries: 3, least: 0.999 },
];

/** @type {import('./gate.mjs').Gate} */
export const survival = {
  id: 'survival',
  title: 'One request in ten fails',
  about: `${count(OURS_CALLS)} calls (${count(PEERS_CALLS)} for the other clients), ${CONCURRENCY} at once, to a server that answers one request in ten with 503, at random.`,
  held: CASES.map(({ label, least }) => `at least ${100 * least} % of the calls succeed ${label}`).join(', '),
  async measure(context) {
    const rows = [];
    const failures = [];
    for (const { label, maxRetries, least } of CASES) {
      const results = await context.each(
        async (id, { hasMaxRetries }) => {
          if (maxRetries !== undefined && !hasMaxRetries) return undefined;
          const calls = id === OURS ? OURS_CALLS : PEERS_CALLS;
          const random = context.random();
          const server = await context.serve(() =>
            random() < FAILING ? [refusal(503, { message: 'Busy' })] : [hello()],
          );
          const settings = { baseURL: server.baseURL, maxRetries };
          const job = { task: 'askMany', settings, count: calls, concurrency: CONCURRENCY };
          const { result } = await context.run(id, job, CAP_MS);
          return { calls, good: result?.good, requests: server.requests.length };
        },
        { together: true },
      );
      rows.push(
        row(`calls that succeed, ${label}`, results, (result) => {
          if (result === undefined) return 'has no such option';
          if (result.good === undefined) return `not done after ${CAP_MS / 1000} s`;
          return `${percent(result.good, result.calls)}, ${(result.requests / result.calls).toFixed(2)} requests a call`;
        }),
      );
      failures.push(
        ...failuresOf(results, (ours) => [
          !(ours?.good >= least * OURS_CALLS) && `${ours?.good} of ${OURS_CALLS} calls succeeded ${label}.`,
        ]),
      );
    }
    return { rows, failures };
  },
};
