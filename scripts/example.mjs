import './lib/require-node.mjs';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { importTypeScript } from './lib/import-typescript.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/root.mjs';
import { isSetUp } from './lib/setup-error.mjs';

const folder = path.join(root, 'examples');
const names = readdirSync(folder)
  .filter((file) => /(?<!\.test)\.ts$/.test(file))
  .map((file) => path.basename(file, '.ts'));

const usage = `npm run example -- <name> [--simulated [--broken]]

  --simulated   the simulator answers: no key, no network, no cost
  --broken      … and its answer breaks off

The examples: ${names.join(', ')}`;

process.exitCode = await main();

async function main() {
  const { name, simulated, broken } = readArguments();
  if (!names.includes(name)) {
    console.error(usage);
    return 2;
  }
  const ready = isSetUp(() => {
    ensureInstalled();
    ensureBuilt();
  });
  if (!ready) return 1;
  const server = simulated ? await startSimulator(broken) : undefined;
  try {
    await importTypeScript(path.join(folder, `${name}.ts`));
    return 0;
  } finally {
    await server?.close();
  }
}

function readArguments() {
  try {
    const options = { simulated: { type: 'boolean' }, broken: { type: 'boolean' } };
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    return { name: positionals[0], ...values };
  } catch (error) {
    console.error(`${error.message}\n`);
    return {};
  }
}

/** The example finds the simulator as it would find OpenRouter: through the environment. */
async function startSimulator(broken) {
  const { Simulator, brokenAnswer } = await importBuilt('testing/index.js');
  const { startSimulatorServer } = await importBuilt('testing/server/index.js');
  const simulator = new Simulator({ pace: 'human' });
  if (broken) simulator.next(brokenAnswer({ message: 'The simulated provider has disconnected' }));
  const server = await startSimulatorServer(simulator);
  process.env.OPENROUTER_BASE_URL = server.baseURL;
  process.env.OPENROUTER_API_KEY = 'simulated';
  return server;
}

function importBuilt(file) {
  return import(pathToFileURL(path.join(root, 'packages', 'openrouter-ts', 'dist', file)).href);
}
