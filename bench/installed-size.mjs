import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OURS } from './clients/index.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const OUR_FOLDER = fileURLToPath(new URL('../packages/openrouter-ts', import.meta.url));

/**
 * @typedef {object} InstalledSize
 * @property {number} megabytes MB (1,000,000 bytes) of files
 * @property {number} packages how many packages the installation adds
 */

/**
 * The folder that an import of a package from another package's folder finds.
 * @param {string} name
 * @param {string} from
 * @returns {string}
 */
function folderOf(name, from) {
  const folder = join(from, 'node_modules', name);
  if (existsSync(folder)) return folder;
  if (dirname(from) === from) throw new Error(`${name} is not installed.`);
  return folderOf(name, dirname(from));
}

/**
 * Adds the folders of a package and of all that it needs.
 * @param {string} folder
 * @param {Set<string>} folders
 */
function addWithDependencies(folder, folders) {
  if (folders.has(folder)) return;
  folders.add(folder);
  const {
    dependencies = {},
    peerDependencies = {},
    peerDependenciesMeta = {},
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  for (const name of [...Object.keys(dependencies), ...peers]) addWithDependencies(folderOf(name, folder), folders);
}

/**
 * @param {string} folder
 * @returns {number} bytes, without the packages nested in it
 */
function bytesIn(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    bytes += entry.isDirectory() ? bytesIn(path) : statSync(path).size;
  }
  return bytes;
}

/**
 * What npm would publish of our own folder, and with what.
 * @returns {InstalledSize}
 */
function ours() {
  const options = { cwd: OUR_FOLDER, encoding: /** @type {const} */ ('utf8'), shell: process.platform === 'win32' };
  const [{ unpackedSize }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'], options),
  );
  const { dependencies = {} } = JSON.parse(readFileSync(join(OUR_FOLDER, 'package.json'), 'utf8'));
  return { megabytes: unpackedSize / 1e6, packages: 1 + Object.keys(dependencies).length };
}

/**
 * What an installation of each client adds to `node_modules`.
 * @param {readonly import('./clients/index.mjs').Candidate[]} clients
 * @returns {Record<string, InstalledSize>}
 */
export function measureInstalledSizes(clients) {
  /** @type {Record<string, InstalledSize>} */
  const sizes = {};
  for (const { id, packages } of clients) {
    if (packages.length === 0) continue;
    /** @type {Set<string>} */
    const folders = new Set();
    if (id !== OURS) for (const name of packages) addWithDependencies(folderOf(name, HERE), folders);
    const bytes = [...folders].reduce((sum, folder) => sum + bytesIn(folder), 0);
    sizes[id] = id === OURS ? ours() : { megabytes: bytes / 1e6, packages: folders.size };
  }
  return sizes;
}
