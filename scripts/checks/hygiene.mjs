import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { report } from '../lib/report.mjs';
import { root } from '../lib/root.mjs';

/** What no tracked file may contain. The examples of paths in tests use the users `you`, `user`, `ada` and `runner`. */
const forbidden = [
  { what: 'an OpenRouter key', pattern: /sk-or-v1-[0-9a-f]{64}/ },
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { what: 'a path of one machine', pattern: /(?:\/(?:home|Users)\/|[A-Z]:\\Users\\)(?!(?:you|user|ada|runner)\b)\w/ },
  { what: 'the path of this checkout', pattern: literal(root) },
  { what: 'the home folder of this machine', pattern: homedir().length > 5 ? literal(homedir()) : undefined },
  { what: 'the host of a package registry', pattern: /\bregistry\.(?:npmjs|yarnpkg|npmmirror)\b/ },
  { what: 'the host of the package registry in use', pattern: literal(configuredRegistryHost()) },
  { what: 'a download address in a lockfile', pattern: /"resolved": "http/ },
].filter(({ pattern }) => pattern !== undefined);

report(trackedFiles().flatMap(problemsOf));

function problemsOf(file) {
  const text = readFileSync(path.join(root, file), 'utf8');
  return forbidden.flatMap(({ what, pattern }) => {
    const match = pattern.exec(text);
    return match === null ? [] : [`${file}:${text.slice(0, match.index).split('\n').length}: ${what}`];
  });
}

/** What git knows, and what it would take up with the next `git add`; a copy without git has nothing that could leak. */
function trackedFiles() {
  const { status, stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = status === 0 ? stdout.split('\0').filter(Boolean) : [];
  return files.filter((file) => file !== 'scripts/checks/hygiene.mjs' && existsSync(path.join(root, file)));
}

function configuredRegistryHost() {
  const { stdout } = spawnSync('npm', ['config', 'get', 'registry'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return URL.canParse(stdout?.trim()) ? new URL(stdout.trim()).host : undefined;
}

function literal(text) {
  return text === undefined ? undefined : new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}
