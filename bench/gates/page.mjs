import { CLIENTS } from './clients/index.mjs';

const between = /(<!-- gates:begin -->\n)[\s\S]*?(<!-- gates:end -->)/;

/**
 * Puts the results into the page, between its two comments.
 * @param {string} page
 * @param {string} text
 */
export function withGates(page, text) {
  if (!between.test(page))
    throw new Error('docs/reliability.md has no place for the gates: <!-- gates:begin --> and <!-- gates:end -->.');
  return page.replace(between, (_, begin, end) => `${begin}\n${text}\n\n${end}`);
}

/**
 * @param {import('./run.mjs').Results} results
 */
export function renderIntro({ measuredAt, machine, versions, seconds, seed }) {
  const packages = Object.entries(versions).map(([name, version]) => `\`${name}\` ${version}`);
  return `The same faults, brought about by the same server on loopback in one run, for this client and for others. Each client is in a process of its own, is used as
its documentation shows, and has its own defaults where nothing else is said. The cells are what was observed in that run: nothing in them is written by hand.
Counts and orders are what matters; times depend on the machine, and are only reported.

Run on ${measuredAt.slice(0, 10)} with Node ${machine.node.slice(1)} on ${machine.os} (${machine.cpu}, ${machine.memoryGb} GB), in ${Math.round(seconds / 60)} minutes, with the seed ${seed}.
Versions: ${packages.join(', ')}.

\`npm run gates\` runs them again, and ends with an error when this client does not hold what stands under «held»; \`npm run gates -- --write\` writes this part of
the page, \`--only storm,lies\` runs some of them, \`--seed 2\` takes other random points.`;
}

/**
 * @param {{ gate: import('./gate.mjs').Gate, measured: import('./gate.mjs').Measured }} section
 * @param {readonly string[]} ids of the clients that took part
 */
export function renderSection({ gate: { title, about, held }, measured: { rows } }, ids) {
  const clients = CLIENTS.filter(({ id }) => ids.includes(id));
  const head = `|  | ${clients.map((client) => client.title).join(' | ')} |\n| --- |${' --- |'.repeat(clients.length)}`;
  const lines = rows.map(
    ({ label, cells }) => `| ${[label, ...clients.map(({ id }) => cells[id])].map(cell).join(' | ')} |`,
  );
  return `### ${title}\n\n${about}\nHeld: ${held}.\n\n${head}\n${lines.join('\n')}`;
}

function cell(text) {
  return text.replaceAll('|', String.raw`\|`).replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
