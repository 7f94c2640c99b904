import './lib/require-node.mjs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/root.mjs';
import { isSetUp } from './lib/setup-error.mjs';

const folder = path.join(root, 'mutation');
const stryker = path.join(folder, 'node_modules/@stryker-mutator/core/bin/stryker.js');

const ready = isSetUp(() => {
  ensureInstalled();
  ensureInstalled(folder);
});
if (!ready) process.exit(1);

const args = [stryker, 'run', 'mutation/stryker.config.json', ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
