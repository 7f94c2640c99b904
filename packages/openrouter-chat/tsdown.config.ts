import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: { cli: 'src/cli.ts' },
  format: 'esm',
  // The path mapping of tsconfig leads to the library's sources; the chat is built upon what the library publishes.
  tsconfig: false,
  deps: { alwaysBundle: [/./], onlyBundle: false },
  target: 'node20.19',
  platform: 'node',
  fixedExtension: false,
  dts: false,
  hash: false,
  report: false,
});
