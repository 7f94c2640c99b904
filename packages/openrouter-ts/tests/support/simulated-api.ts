import { afterEach, beforeEach } from 'vitest';
import { OpenRouter, type OpenRouterOptions } from '../../src/index.ts';
import { Simulator, type SimulatorOptions } from '../../src/testing/index.ts';
import { startSimulatorServer, type SimulatorServer } from '../../src/testing/server/index.ts';

/** The simulated API behind a port, anew for each test. */
export interface SimulatedApi {
  readonly simulator: Simulator;
  readonly server: SimulatorServer;
  /** Makes a client of it. */
  readonly client: (options?: OpenRouterOptions) => OpenRouter;
}

/** A key that the simulator takes. */
export const goodKey = 'sk-or-v1-good';

/** Starts the simulated API before each test of a file and closes it after. */
export function simulatedApi(options: SimulatorOptions = {}): SimulatedApi {
  let simulator: Simulator;
  let server: SimulatorServer;
  beforeEach(async () => {
    simulator = new Simulator(options);
    server = await startSimulatorServer(simulator);
  });
  afterEach(() => server.close());
  return {
    get simulator() {
      return simulator;
    },
    get server() {
      return server;
    },
    client: (more) => new OpenRouter({ apiKey: goodKey, baseURL: server.baseURL, ...more }),
  };
}

/** A question for a model that the simulator knows. */
export const question = {
  model: 'openai/gpt-4o-mini',
  messages: [{ role: 'user', content: 'Why is the sky blue?' }],
} as const;
