import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { report } from '../lib/report.mjs';
import { root } from '../lib/root.mjs';

// `npm ci` refuses a lockfile that misses something, which nobody notices who has node_modules already. npm itself writes such a
// lockfile when its registry has not (yet) the binaries of other platforms: they are optional, and it drops them.
const folders = ['.', 'mutation', 'bench'].filter((folder) => existsSync(path.join(root, folder, 'package-lock.json')));

report(folders.flatMap((folder) => [...changedManifests(folder), ...missingPackages(folder)]));

function changedManifests(folder) {
  const workspaces = Object.entries(lockedPackages(folder)).filter(([location]) => !location.includes('node_modules/'));
  return workspaces.flatMap(([location, locked]) => {
    const manifest = readJson(folder, location, 'package.json');
    return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
      .filter((kind) => !isSame(manifest[kind], locked[kind]))
      .map((kind) => `${path.join(folder, location, 'package.json')}: its ${kind} are not those of package-lock.json`);
  });
}

function isSame(ranges = {}, others = {}) {
  const names = Object.keys({ ...ranges, ...others });
  return names.every((name) => ranges[name] === others[name]);
}

function missingPackages(folder) {
  const packages = lockedPackages(folder);
  return Object.entries(packages).flatMap(([location, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !isLocked(packages, location, name))
      .map((name) => `${path.join(folder, 'package-lock.json')}: ${name} is missing, which ${location} depends upon`),
  );
}

/** Looks where Node would: in the package's own node_modules, then in that of each folder above it. */
function isLocked(packages, location, name) {
  for (let folder = location; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    if (path.posix.join(folder, 'node_modules', name) in packages) return true;
    if (folder === '') return false;
  }
}

function lockedPackages(folder) {
  return readJson(folder, 'package-lock.json').packages;
}

function readJson(...parts) {
  return JSON.parse(readFileSync(path.join(root, ...parts), 'utf8'));
}
