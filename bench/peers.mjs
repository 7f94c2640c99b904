import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CLIENTS, OURS } from './clients/index.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Installs the other clients into this folder, as its lockfile says, unless they are there. They are no part of the project's own installation. */
export function installPeers() {
  const { dependencies } = readJson(`${HERE}package.json`);
  const missing = Object.entries(dependencies).some(([name, version]) => {
    const manifest = `${HERE}node_modules/${name}/package.json`;
    return !existsSync(manifest) || readJson(manifest).version !== version;
  });
  if (!missing) return;
  console.error('Installing the clients to compare with …');
  execFileSync('npm', ['ci', '--prefix', HERE, '--no-fund', '--no-audit'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

/** Why openrouter-ts cannot be measured, or nothing when it can. */
export function whyOursIsMissing() {
  try {
    const entry = fileURLToPath(import.meta.resolve('openrouter-ts'));
    if (existsSync(entry)) return undefined;
  } catch {
    // Not linked, or no entry point yet: the same advice holds.
  }
  return 'openrouter-ts is not built, so it cannot be measured. Run `npm ci` and `npm run build` in the root of the repository first.';
}

/**
 * The versions of the packages that are compared.
 * @returns {Record<string, string>}
 */
export function packageVersions() {
  const { dependencies } = readJson(`${HERE}package.json`);
  const ours = readJson(fileURLToPath(new URL('../packages/openrouter-ts/package.json', import.meta.url)));
  const compared = new Set(CLIENTS.filter(({ id }) => id !== OURS).flatMap(({ packages }) => packages));
  return {
    [ours.name]: ours.version,
    ...Object.fromEntries(Object.entries(dependencies).filter(([name]) => compared.has(name))),
  };
}
