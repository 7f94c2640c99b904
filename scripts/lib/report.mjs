/**
 * Ends a check: prints what it found, and fails if that is anything.
 * @param {readonly string[]} problems - one line each
 */
export function report(problems) {
  for (const problem of problems) console.log(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
