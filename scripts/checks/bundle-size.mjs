import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { ratchet } from '../lib/ratchet.mjs';
import { report } from '../lib/report.mjs';
import { root } from '../lib/root.mjs';

const { outputFiles } = await build({
  stdin: { contents: "export { OpenRouter } from 'openrouter-ts';", resolveDir: path.join(root, 'examples') },
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  platform: 'node',
  tsconfigRaw: '{}',
});
const bytes = gzipSync(outputFiles[0].contents, { level: 9 }).length;
const limit = ratchet.coreBundleGzipBytes;
console.log(`A bundle of the client is ${bytes} bytes, minified and gzipped; it may be ${limit}`);
report(bytes > limit ? [`${bytes - limit} bytes too many`] : []);
