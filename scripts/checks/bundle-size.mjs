import path from 'node:path';
import { measureBundle } from '../lib/initial-bundle.mjs';
import { ratchet } from '../lib/ratchet.mjs';
import { report } from '../lib/report.mjs';
import { root } from '../lib/root.mjs';

const program = "export { OpenRouter } from 'openrouter-ts';";
const { initial, whole } = await measureBundle(program, path.join(root, 'examples'), 'node');
const limit = ratchet.coreBundleGzipBytes;
console.log(
  `A bundle of the client is ${initial} bytes, minified and gzipped, and may be ${limit}; with what is loaded when it is asked for it is ${whole}`,
);
report(initial > limit ? [`${initial - limit} bytes too many`] : []);
