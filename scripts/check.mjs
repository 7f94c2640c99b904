import './lib/require-node.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runTests } from './lib/run-tests.mjs';
import { endWithItsChildren, run, tool } from './lib/run.mjs';
import { isSetUp } from './lib/setup-error.mjs';
import { uncovered } from './lib/uncovered.mjs';

// Usage: node scripts/check.mjs [name of a step…]
const node = process.execPath;
const library = 'packages/openrouter-ts';
const chat = 'packages/openrouter-chat';
const projects = ['.', library, chat, 'examples'];

const wanted = process.argv.slice(2);
const total = { passed: 0, failed: 0 };
endWithItsChildren();
if (isSetUp(() => ensureInstalled())) await runStages();
else total.failed += 1;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

/**
 * The steps of one stage need nothing of each other, and run two at a time; a stage starts when the one before it is done.
 * The tools are looked up when this is called, so that they can be installed first.
 */
function stages() {
  return [
    [
      command('types', ...projects.map((project) => [...tool('typescript', 'tsc'), '-p', project])),
      command('lint', [...tool('oxlint'), '--type-aware', '--deny-warnings', '--report-unused-disable-directives']),
      command('format', [...tool('oxfmt'), '--check']),
      command('layers', [...tool('dependency-cruiser', 'depcruise'), '--no-progress', library, chat, 'examples']),
      command('unused code', [...tool('knip'), '--no-progress', '--no-config-hints']),
      command('file sizes', [node, 'scripts/checks/file-sizes.mjs']),
      command('loose types', [node, 'scripts/checks/loose-types.mjs']),
      command('tsdoc', [node, 'scripts/checks/tsdoc.mjs']),
      command('lockfiles', [node, 'scripts/checks/lockfiles.mjs']),
      command('hygiene', [node, 'scripts/checks/hygiene.mjs']),
      command('snippets', [node, 'scripts/checks/snippets.mjs']),
      command('reliability', [node, 'scripts/checks/reliability.mjs']),
    ],
    [command('build', [node, 'scripts/build.mjs'])],
    [
      command('package lint', ...[library, chat].map((folder) => [...tool('publint'), '--strict', folder])),
      command('package types', [...tool('@arethetypeswrong/cli', 'attw'), '--profile', 'node16', '--pack', library]),
      command('bundle size', [node, 'scripts/checks/bundle-size.mjs']),
      tests('package tests', ['--mode', 'package']),
    ],
    [tests('tests', ['--coverage'])],
  ];
}

async function runStages() {
  const all = stages();
  for (const name of wanted.filter((each) => !all.flat().some((step) => step.name === each))) {
    console.log(`There is no step "${name}".`);
    total.failed += 1;
  }
  for (const stage of all) {
    await runStage(stage.filter(({ name }) => wanted.length === 0 || wanted.includes(name)));
  }
}

async function runStage(steps) {
  const queue = [...steps];
  const work = async () => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
      const startedAt = performance.now();
      const result = await step.run();
      report(step.name, performance.now() - startedAt, result);
    }
  };
  await Promise.all([work(), work()]);
}

function report(name, durationMs, { passed, failed, note = '', output }) {
  total.passed += passed;
  total.failed += failed;
  console.log(
    `${failed === 0 ? 'ok  ' : 'FAIL'}  ${name.padEnd(14)} ${(durationMs / 1000).toFixed(1).padStart(6)} s${note}`,
  );
  if (failed > 0) console.log(`\n${output.trim()}\n`);
}

/** A step that passes when each of its commands exits with 0; all of them run. */
function command(name, ...commands) {
  return {
    name,
    async run() {
      const results = [];
      for (const each of commands) results.push(await run(each));
      const bad = results.filter(({ ok }) => !ok);
      return {
        passed: bad.length === 0 ? 1 : 0,
        failed: bad.length === 0 ? 0 : 1,
        output: bad.map(({ output }) => output).join('\n'),
      };
    },
  };
}

/** A step that counts as its tests, and as one more failure when the run went wrong for another reason (a threshold, an empty suite). */
function tests(name, args) {
  return {
    name,
    async run() {
      const { ok, passed, failed, skipped, output } = await runTests(args);
      const tooFewCovered = output.includes('ERROR: Coverage for');
      const counts = [
        [passed, 'passed'],
        [failed, 'failed'],
        [skipped, 'skipped'],
      ].filter(([count, what]) => count > 0 || what === 'passed');
      return {
        passed,
        failed: failed + (tooFewCovered || (!ok && failed === 0) ? 1 : 0),
        note: `  ${counts.map((each) => each.join(' ')).join(', ')}${tooFewCovered ? ', coverage too low' : ''}`,
        output: [
          ...output.split('\n').filter((line) => !/^ +✓ /.test(line)),
          ...(tooFewCovered ? uncovered() : []),
        ].join('\n'),
      };
    },
  };
}
