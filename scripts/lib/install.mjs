import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';
import { SetupError } from './setup-error.mjs';
import { withSetupLock } from './setup-lock.mjs';

/**
 * Installs what package-lock.json says, unless it is there already.
 * @param {string} [folder] - the folder of the package-lock.json
 * @throws {SetupError} when npm fails
 */
export function ensureInstalled(folder = root) {
  if (isInstalled(folder)) return;
  withSetupLock(() => {
    if (isInstalled(folder)) return;
    const isFirst = !existsSync(path.join(folder, 'node_modules'));
    console.error(isFirst ? 'Installing dependencies… (first run only)' : 'Updating dependencies…');
    const flags = ['--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    const result = spawnSync(...npm(['ci', ...flags]), {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (result.status !== 0) {
      throw new SetupError(
        'npm ci failed.',
        `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`,
      );
    }
  });
}

/** What is installed is compared with what is locked, so that neither a `git pull` nor an `npm install` by hand misleads it. */
function isInstalled(folder) {
  const installed = readPackages(path.join(folder, 'node_modules', '.package-lock.json'));
  const locked = readPackages(path.join(folder, 'package-lock.json'));
  return Object.entries(locked).every(
    ([location, { version, optional, peer }]) =>
      location === '' ||
      !location.includes('node_modules/') ||
      optional ||
      peer ||
      installed[location]?.version === version,
  );
}

function readPackages(lockPath) {
  return existsSync(lockPath) ? JSON.parse(readFileSync(lockPath, 'utf8')).packages : {};
}

/** The npm that runs this script if there is one, else the one on the PATH (on Windows, a batch file: it needs a shell). */
function npm(args) {
  const running = process.env.npm_execpath ?? '';
  if (/npm-cli\.[cm]?js$/.test(running)) return [process.execPath, [running, ...args]];
  return process.platform === 'win32' ? ['cmd.exe', ['/d', '/s', '/c', 'npm', ...args]] : ['npm', args];
}
