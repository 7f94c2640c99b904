import { gzipSync } from 'node:zlib';
import { describe, expect } from 'vitest';
import { chunk, responseHead, write } from '../../src/testing/server/index.ts';
import { closedByClient, everyWay, fault, type FaultRow, type Way } from '../support/fault.ts';
import { runProgram } from '../support/run-program.ts';
import { streamHead } from '../support/scripted-answers.ts';

const mebibyte = 1024 * 1024;

/** What a program in a process of its own came to. */
interface Report {
  readonly error: string;
  readonly limit: number;
  /** In MiB. */
  readonly peakRss: number;
  readonly seconds: number;
}

/** Makes one call in a process of its own, and measures it from there. */
async function measure({ transport, mode }: Way, baseURL: string, limits: object): Promise<Report> {
  const { output } = await runProgram(`
    import { OpenRouter } from './index.ts';
    const options = { apiKey: 'sk-or-v1-not-a-key', baseURL: '${baseURL}', limits: ${JSON.stringify(limits)} };
    const client = new OpenRouter({ ...options, ...(${transport === 'fetch'} && { fetch: globalThis.fetch }) });
    const request = { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] };
    const startedAt = performance.now();
    const call = ${mode === 'whole' ? 'client.chat.create(request)' : 'client.chat.stream(request)'};
    const error = await call.then(() => ({ name: 'nothing failed' }), (reason) => reason);
    const seconds = (performance.now() - startedAt) / 1000;
    console.log(JSON.stringify({ error: error.name, limit: error.limit, peakRss: process.resourceUsage().maxRSS / 1024, seconds }));
    process.exit();
  `);
  return JSON.parse(output) as Report;
}

const row: Omit<FaultRow, 'title' | 'phase'> = {
  retry: 'no',
  result: 'LimitExceededError at the limit, and the process stays small',
  bill: 'possible',
};

/** A process that has loaded the library and made a call takes this much. */
const baseMiB = 128;

describe('Enormous answers', () => {
  fault(
    'F81',
    { title: '0.6 MB that unpack into 600 MB', phase: 'streaming', ...row },
    everyWay.filter(({ mode }) => mode === 'whole'),
    async ({ way, serve }) => {
      const part = gzipSync(Buffer.alloc(32 * mebibyte, ' '), { level: 9 });
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
      const server = await serve([write([responseHead(200, headers), ...Array.from({ length: 19 }, () => part)])]);
      const answerBytes = 32 * mebibyte;
      const report = await measure(way, server.baseURL, { answerBytes });
      expect(report).toMatchObject({ error: 'LimitExceededError', limit: answerBytes });
      expect(report.peakRss).toBeLessThan(baseMiB + 32 + 64);
      await closedByClient(server);
    },
  );

  fault(
    'F92',
    { title: 'a line of 600 MB', phase: 'answered', ...row },
    everyWay.filter(({ mode }) => mode === 'stream'),
    async ({ way, serve }) => {
      const piece = chunk('x'.repeat(mebibyte));
      function* line(): Generator<Uint8Array> {
        yield chunk('data: ');
        for (let left = 600; left > 0; left -= 1) yield piece;
      }
      const server = await serve([streamHead(), write(line())]);
      const report = await measure(way, server.baseURL, {});
      expect(report).toMatchObject({ error: 'LimitExceededError', limit: 128 * mebibyte });
      // The limit itself, and once more while it grows.
      expect(report.peakRss).toBeLessThan(baseMiB + 2 * 128 + 64);
      await closedByClient(server);
      expect(server.connections[0]?.bytesSent).toBeLessThan(200 * mebibyte);
    },
  );
});
