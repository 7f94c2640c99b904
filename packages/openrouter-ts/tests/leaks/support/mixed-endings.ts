import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  afterKeepAlives,
  brokenAnswer,
  cut,
  cutAfter,
  endAfter,
  failure,
  hang,
  htmlPage,
  reply,
  reset,
  resetAfter,
  Simulator,
  type SimulatedResponse,
} from '../../../src/testing/index.ts';
import { startSimulatorServer } from '../../../src/testing/server/index.ts';
import { turnsUntil } from '../../support/turns.ts';
import { answers, type Answer, type EndingsReport } from '../fixtures/mixed-endings.ts';
import { bundleFixture, type Bundle } from './bundle-fixture.ts';

/** What the server does with a request that asks for it. */
const responses: Readonly<Record<Answer, SimulatedResponse>> = {
  whole: reply(),
  down: failure(503),
  limited: failure(429, { headers: { 'retry-after-ms': '20' } }),
  wrong: failure(400),
  page: htmlPage(),
  reset: reset(),
  cut: cut(),
  'cut after a while': cutAfter(reply(), { events: 4 }),
  'reset after a while': resetAfter(reply(), { events: 3 }),
  'ended after a while': endAfter(reply(), { events: 5 }),
  broken: brokenAnswer(),
  silent: hang({ before: 'headers' }),
  'silent after headers': hang({ before: 'content' }),
  'keep-alives': afterKeepAlives(reply(), { everyMs: 5, count: 3 }),
};

/** Makes the tests that so many calls, ended in every way, leave nothing behind. */
export function leaveNothingBehind(calls: number): void {
  let bundle: Bundle;
  beforeAll(async () => {
    bundle = await bundleFixture('mixed-endings');
  });
  afterAll(() => bundle.remove());

  it.each([
    ['the transport of the platform', 'platform'],
    ['a fetch', 'fetch'],
  ])('over %s', { timeout: 240_000 }, async (_, kind) => {
    const simulator = new Simulator();
    simulator.when(
      () => true,
      (exchange) => responses[exchange.request.headers['x-answer'] as Answer](exchange),
    );
    const server = await startSimulatorServer(simulator);
    const child = spawn(process.execPath, [bundle.program, server.baseURL, String(calls), kind], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const exited = once(child, 'exit');
    try {
      const [report] = (await once(child, 'message')) as [EndingsReport];
      const { problems, listeners, resources, endings } = report;
      expect({ problems, listeners, resources }).toEqual({ problems: [], listeners: 0, resources: [] });
      expect(Object.values(endings).reduce((sum, count) => sum + count, 0)).toBe(calls);
      expect(Object.keys(endings).length).toBeGreaterThan(answers.length);
      expect(await exited).toEqual([0, null]);
      await turnsUntil(() => server.connections === 0);
      expect(simulator.requests.filter(({ state }) => state === 'open')).toEqual([]);
    } finally {
      child.kill();
      await server.close();
    }
  });
}
