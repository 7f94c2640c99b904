import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished } from 'vitest';
import { until, wait } from '../../src/testing/server/index.ts';
import { deferred } from '../support/deferred.ts';
import { anyStream, fault } from '../support/fault.ts';
import { buildProgram } from '../support/run-program.ts';
import { bodyEnd, pieces, streamHead } from '../support/scripted-answers.ts';
import { done, finish, text } from '../support/sse-text.ts';

describe('A process that is suspended', () => {
  fault(
    'F136',
    {
      title: 'the process is stopped (SIGSTOP) in the middle of a stream, for longer than it waits for anything',
      phase: 'streaming',
      retry: 'no',
      result: 'the waits begin anew when it goes on: what came meanwhile is read first',
    },
    anyStream,
    async ({ serve }) => {
      const stopped = deferred();
      const server = await serve([
        streamHead(),
        pieces(text('Hel')),
        until(stopped.promise),
        // The process stays stopped for this long, whatever it is about to do.
        wait(4_000),
        pieces(text('lo'), finish(), done),
        bodyEnd,
      ]);
      const program = spawn(process.execPath, [
        await buildProgram(`
          import { OpenRouter } from './index.ts';
          const waits = { headersMs: 2_000, firstContentMs: 2_000, idleBytesMs: 2_000, idleDataMs: 2_000 };
          const client = new OpenRouter({ apiKey: 'sk-or-v1-not-a-key', baseURL: '${server.baseURL}', timeouts: waits });
          const messages = [{ role: 'user', content: 'Hi' }];
          const stream = await client.chat.stream({ model: 'openai/gpt-4o-mini', messages });
          for await (const text of stream.textDeltas()) console.log(text);
        `),
      ]);
      onTestFinished(() => void program.kill('SIGKILL'));
      const output: string[] = [];
      program.stderr.on('data', (piece) => output.push(String(piece)));
      program.stdout.on('data', (piece) => output.push(String(piece)));
      await once(program.stdout, 'data');
      program.kill('SIGSTOP');
      stopped.resolve();
      await server.until(() => server.connections[0]?.events.filter(({ what }) => what === 'write').length === 4);
      program.kill('SIGCONT');
      const [code] = await once(program, 'close');
      expect([code, output.join('')]).toEqual([0, 'Hel\nlo\n']);
      expect(server.requests).toHaveLength(1);
    },
  );
});
