import path from 'node:path';
import { measureBundle } from '../lib/initial-bundle.mjs';
import { ratchet } from '../lib/ratchet.mjs';
import { report } from '../lib/report.mjs';
import { root } from '../lib/root.mjs';

const program = "export { OpenRouter } from 'openrouter-ts';";
const limit = ratchet.coreBundleGzipBytes;
const problems = [];
for (const platform of /** @type {const} */ (['node', 'browser'])) {
  const { initial, whole } = await measureBundle(program, path.join(root, 'examples'), platform);
  console.log(
    `A bundle of the client for ${platform} is ${initial} bytes, minified and gzipped, and may be ${limit}; with what is loaded when it is asked for it is ${whole}`,
  );
  if (initial > limit) problems.push(`${initial - limit} bytes too many for ${platform}`);
}
report(problems);
