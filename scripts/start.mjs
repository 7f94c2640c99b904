import './lib/require-node.mjs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/root.mjs';
import { isSetUp } from './lib/setup-error.mjs';

const cli = path.join(root, 'packages', 'openrouter-chat', 'dist', 'cli.js');

const ready = isSetUp(() => {
  ensureInstalled();
  ensureBuilt();
});
if (!ready) process.exit(1);

if (process.env.npm_lifecycle_event === 'start' && process.env.npm_package_json === path.join(root, 'package.json')) {
  // npm moves to the root of the package; the paths that the user types are relative to where npm was called.
  process.chdir(process.env.INIT_CWD ?? process.cwd());
  endWithTheShell();
}

// The chat takes over this very process: its streams, signals and exit code need no passing on.
process.argv[1] = cli;
await import(pathToFileURL(cli).href);

/** npm passes SIGTERM on to the shell between the two and no further: when that shell is gone, the chat is to go as well. */
function endWithTheShell() {
  const shell = process.ppid;
  const watch = () => process.ppid !== shell && process.kill(process.pid, 'SIGTERM');
  setInterval(watch, 500).unref();
}
