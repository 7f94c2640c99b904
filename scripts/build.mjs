import './lib/require-node.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { isSetUp } from './lib/setup-error.mjs';

const built = isSetUp(() => {
  ensureInstalled();
  ensureBuilt({ force: true });
});
process.exitCode = built ? 0 : 1;
