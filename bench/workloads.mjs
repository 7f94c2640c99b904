import { ANSWER_TEXT, REQUEST, streamedLength } from './traffic.mjs';

/**
 * @typedef {object} Workload
 * @property {string} id
 * @property {string} title
 * @property {'ask' | 'stream' | 'tool-arguments'} kind
 * @property {number} calls
 * @property {number} lanes calls in flight at a time
 * @property {number} [chunks] of each stream; for tool arguments, one byte each
 * @property {number} [perWrite] chunks that the service sends in one write
 */

/** @type {readonly Workload[]} */
export const WORKLOADS = [
  { id: 'calls', title: 'one call after another', kind: 'ask', calls: 1_000, lanes: 1 },
  { id: 'calls-64', title: '64 at once', kind: 'ask', calls: 1_280, lanes: 64 },
  {
    id: 'stream',
    title: 'a stream of 20,000 chunks, one write each',
    kind: 'stream',
    calls: 1,
    lanes: 1,
    chunks: 20_000,
    perWrite: 1,
  },
  {
    id: 'stream-batched',
    title: 'the same, 40 chunks a write',
    kind: 'stream',
    calls: 1,
    lanes: 1,
    chunks: 20_000,
    perWrite: 40,
  },
  {
    id: 'streams-100',
    title: '100 streams of 300 chunks at once',
    kind: 'stream',
    calls: 100,
    lanes: 100,
    chunks: 300,
    perWrite: 1,
  },
];

/**
 * The same work, but less of it: fewer calls, or shorter streams.
 * @param {Workload} workload
 * @param {number} fraction
 * @returns {Workload}
 */
export function partOf(workload, fraction) {
  if (workload.chunks) return { ...workload, chunks: Math.ceil(workload.chunks * fraction) };
  return { ...workload, calls: Math.ceil(workload.calls * fraction) };
}

/**
 * Where a client has to be pointed for a workload.
 * @param {Workload} workload
 * @param {string} origin
 */
export function baseURLOf({ kind, perWrite }, origin) {
  return kind === 'ask' ? `${origin}/answer/api/v1` : `${origin}/${kind}/${perWrite}/api/v1`;
}

/**
 * The units that the cost is given for: a call, or a chunk.
 * @param {Workload} workload
 */
export function unitsOf({ calls, chunks }) {
  return calls * (chunks ?? 1);
}

/**
 * Does the work once, and makes sure that every answer is whole, so that nobody wins by dropping some of it.
 * @param {Workload} workload
 * @param {import('./clients/index.mjs').Client} client
 * @returns {Promise<unknown>} what the client kept of its last answer
 */
export async function perform({ kind, calls, lanes, chunks = 0 }, client) {
  const request = kind === 'ask' ? REQUEST : { ...REQUEST, max_tokens: chunks };
  const expected = kind === 'ask' ? ANSWER_TEXT.length : kind === 'stream' ? streamedLength(chunks) : chunks;
  let left = calls;
  let kept;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      const answer = kind === 'ask' ? await client.ask(request) : await client.stream(request);
      const received = kind === 'tool-arguments' ? answer.toolArguments : answer.text;
      if (received?.length !== expected)
        throw new Error(`The answer has ${received?.length} characters, not ${expected}.`);
      kept = answer.kept;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return kept;
}
