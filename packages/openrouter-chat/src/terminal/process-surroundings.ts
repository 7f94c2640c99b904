import { systemClock } from './system-clock.ts';
import type { Surroundings } from './surroundings.ts';

/** The process that the program runs in. Its streams are opened when they are needed: opening all of them takes longer than `--version`. */
export const processSurroundings: Surroundings = {
  args: process.argv.slice(2),
  env: process.env,
  platform: process.platform,
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return process.stdout;
  },
  get stderr() {
    return process.stderr;
  },
  clock: systemClock,
  onSignal: (signal, listener) => {
    process.on(signal, listener);
    return () => {
      process.off(signal, listener);
    };
  },
  exitNow: (code) => {
    process.exit(code);
  },
};
