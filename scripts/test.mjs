import './lib/require-node.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runTests } from './lib/run-tests.mjs';
import { endWithItsChildren } from './lib/run.mjs';
import { isSetUp } from './lib/setup-error.mjs';

endWithItsChildren();
if (process.argv.includes('live') && !process.env.OPENROUTER_API_KEY) {
  console.log('Without OPENROUTER_API_KEY the real service is not asked, and its tests are skipped.');
}
const summary = await test(process.argv.slice(2));
if (summary.skipped > 0) console.log(`${summary.skipped} skipped`);
console.log(`${summary.passed} passed, ${summary.failed} failed`);
process.exitCode = summary.failed === 0 ? 0 : 1;

async function test(args) {
  if (!isSetUp(() => ensureInstalled())) return { passed: 0, failed: 1, skipped: 0 };
  const built = isSetUp(() => ensureBuilt());
  const { ok, passed, failed, skipped } = await runTests(args, { echo: true });
  const unexplained = ok || failed > 0 ? 0 : 1;
  return { passed, failed: failed + unexplained + (built ? 0 : 1), skipped };
}
