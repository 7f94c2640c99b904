import { writeFileSync } from 'node:fs';

/** A vitest reporter that writes how many tests passed, failed and were skipped to the file named by TEST_COUNTS_FILE. */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      const results = Array.from(module.children.allTests(), (test) => test.result().state);
      for (const state of results) counts[state] += 1;
      // A file that does not load, or whose hook throws, has failed without a failed test.
      if (module.state() === 'failed' && !results.includes('failed')) counts.failed += 1;
    }
    writeFileSync(process.env.TEST_COUNTS_FILE, JSON.stringify(counts));
  }
}
