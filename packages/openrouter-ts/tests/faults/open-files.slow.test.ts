import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished } from 'vitest';
import { stall } from '../../src/testing/server/index.ts';
import { everyWay, fault } from '../support/fault.ts';
import { buildProgram } from '../support/run-program.ts';

/** Windows has no such limit, and no shell that sets it. */
describe.skipIf(process.platform === 'win32')('A process that may not open another file', () => {
  fault(
    'F09',
    {
      title: '200 calls at once in a process that may open 64 files',
      phase: 'unsent',
      retry: 'no',
      result: 'ConnectionError (local-resource) that names maxConcurrency, for each call that has no socket',
      bill: 'none',
    },
    everyWay.filter(({ mode }) => mode === 'whole'),
    async ({ way, serve }) => {
      const server = await serve([stall()]);
      const file = await buildProgram(`
        import { OpenRouter } from './index.ts';
        const fetch = ${way.transport === 'fetch' ? '{ fetch: globalThis.fetch }' : '{}'};
        const client = new OpenRouter({ apiKey: 'sk-or-v1-not-a-key', baseURL: '${server.baseURL}', ...fetch });
        const request = { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] };
        const failures = [];
        for (let left = 200; left > 0; left -= 1) {
          client.chat.create(request).catch(({ name, failure, message, phase, billing, attempts }) => {
            failures.push({ name, failure, named: message.includes('maxConcurrency'), phase, billing, attempts: attempts.length });
            if (failures.length < 100) return;
            console.log(JSON.stringify(failures.at(-1)));
            process.exit();
          });
        }
      `);
      const program = spawn('sh', ['-c', 'ulimit -n 64; exec "$0" "$1"', process.execPath, file]);
      onTestFinished(() => void program.kill('SIGKILL'));
      let output = '';
      program.stdout.on('data', (piece) => (output += String(piece)));
      program.stderr.on('data', (piece) => (output += String(piece)));
      await once(program, 'close');
      expect(JSON.parse(output)).toEqual({
        name: 'ConnectionError',
        failure: 'local-resource',
        named: true,
        phase: 'unsent',
        billing: 'none',
        attempts: 1,
      });
    },
  );
});
