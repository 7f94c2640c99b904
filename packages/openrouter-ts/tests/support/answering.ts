import type { Transport } from '../../src/index.ts';
import { completionOf } from './scripted-answers.ts';

const good = new TextEncoder().encode(JSON.stringify(completionOf()));

/** A server in this process, of which only the status is of interest: 200 for «Hello», or an error. */
export function answering(statusOf: () => number): Transport {
  return () => {
    const status = statusOf();
    const body = status === 200 ? good : new TextEncoder().encode(`{"error":{"code":${status},"message":"no"}}`);
    return Promise.resolve({
      status,
      headers: { 'content-type': 'application/json' },
      body: (async function* bytes() {
        yield body;
      })(),
    });
  };
}
