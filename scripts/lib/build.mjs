import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';
import { tool } from './run.mjs';
import { SetupError } from './setup-error.mjs';
import { withSetupLock } from './setup-lock.mjs';

/** In the order in which they are built: the chat is built upon the library's dist. */
const packages = [
  { name: 'openrouter-ts', output: 'dist/index.js' },
  { name: 'openrouter-chat', output: 'dist/cli.js' },
];

/**
 * Builds the packages whose sources are not those of their dist.
 * @param {{ force?: boolean }} [options] - `force` builds them whatever is there
 * @throws {SetupError} when a build fails
 */
export function ensureBuilt({ force = false } = {}) {
  if (!force && stalePackages().length === 0) return;
  withSetupLock(() => {
    for (const { name, fingerprint } of force ? fingerprints() : stalePackages()) build(name, fingerprint);
  });
}

function build(name, fingerprint) {
  console.error(`Building ${name}…`);
  // A build that is interrupted must not pass for the one before it.
  rmSync(stampPath(name), { force: true });
  const [program, ...args] = tool('tsdown');
  const cwd = path.join(root, 'packages', name);
  const env = { ...process.env, NO_COLOR: '1' };
  const result = spawnSync(program, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status !== 0) throw new SetupError(`The build of ${name} failed.`, `${result.stdout}${result.stderr}`);
  mkdirSync(path.dirname(stampPath(name)), { recursive: true });
  writeFileSync(stampPath(name), fingerprint);
}

function stalePackages() {
  return fingerprints().filter(({ name, output, fingerprint }) => {
    const isBuilt = existsSync(path.join(root, 'packages', name, output)) && existsSync(stampPath(name));
    return !isBuilt || readFileSync(stampPath(name), 'utf8') !== fingerprint;
  });
}

/** Each package's fingerprint covers those before it, because their output is bundled into it. */
function fingerprints() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'tsconfig.base.json']) hash.update(readFileSync(path.join(root, file)));
  return packages.map((item) => {
    for (const file of inputs(path.join(root, 'packages', item.name))) hash.update(file).update(readFileSync(file));
    return { ...item, fingerprint: hash.copy().digest('hex') };
  });
}

function inputs(folder) {
  const configs = ['package.json', 'tsconfig.json', 'tsdown.config.ts'].map((file) => path.join(folder, file));
  const sources = readdirSync(path.join(folder, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test(-d)?\.ts$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return [...configs.filter(existsSync), ...sources.toSorted()];
}

function stampPath(name) {
  return path.join(root, '.cache', 'build', name);
}
