import { CEILINGS } from './ceilings.mjs';
import { BASELINE, CLIENTS, OURS } from './clients/index.mjs';
import { FACTS } from './traffic.mjs';
import { WORKLOADS } from './workloads.mjs';

/**
 * A Markdown table: the first column is words, the others are figures.
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const lines = [head, ['---', ...head.slice(1).map(() => '--:')], ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** @param {number} value */
function short(value) {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US');
}

/** @param {number | undefined} size */
function kilobytes(size) {
  return size === undefined ? '**fails**' : size.toFixed(1);
}

/**
 * @param {import('./measure.mjs').Cost | undefined} cost
 * @param {string} id
 */
function costCell(cost, id) {
  if (!cost) return '–';
  const absolute = `${short(cost.microseconds)} µs`;
  if (cost.ratio === undefined) return absolute;
  const ratio = cost.ratio.toFixed(2);
  return id === OURS ? `**${ratio}** (${absolute})` : `${ratio} (${absolute})`;
}

/** @param {import('./run.mjs').Results} results */
function costTable({ costs, clients }) {
  const shown = CLIENTS.filter(({ id }) => clients.includes(id));
  const rows = WORKLOADS.filter(({ id }) => costs?.[id]).map(({ id, title }) => [
    title,
    ...shown.map((client) => costCell(costs?.[id][client.id], client.id)),
    `≤ ${CEILINGS[id].toFixed(2)}`,
  ]);
  return table(['CPU time for the same work', ...shown.map(({ title }) => title), 'ceiling for openrouter-ts'], rows);
}

/** @param {import('./run.mjs').Results} results */
function weightTable({ clients, imports, bundles, installed }) {
  const shown = CLIENTS.filter(
    ({ id, packages }) => clients.includes(id) && (packages.length > 0 || imports?.[id] !== undefined),
  );
  const row = (title, values, ceiling, cell) =>
    values ? [[title, ...shown.map(({ id }) => (values[id] === undefined ? '–' : cell(values[id]))), ceiling]] : [];
  const bundleRows = (platform, name, ceiling) => {
    const bundleRow = (what, key, limit) =>
      row(`${what} for ${name}, kB gzipped`, bundles, limit, (sizes) => kilobytes(sizes[platform]?.[key]));
    return [
      ...bundleRow('bundle of a chat call', 'initialKb', `≤ ${ceiling}`),
      ...bundleRow('… what a first stream adds', 'streamKb', ''),
      ...bundleRow('… what a first failure adds', 'failureKb', ''),
      ...bundleRow('… with everything it could load', 'wholeKb', ''),
    ];
  };
  const size = ({ megabytes, packages }) => `${megabytes.toFixed(1)} / ${packages}`;
  const rows = [
    ...row('import in a fresh process, ms', imports, `≤ ${CEILINGS.importMs}`, short),
    ...bundleRows('node', 'Node', CEILINGS.nodeBundleKb),
    ...bundleRows('browser', 'browsers', CEILINGS.browserBundleKb),
    ...row('installed, MB / packages', installed, `≤ ${CEILINGS.installedMb} / ${CEILINGS.installedPackages}`, size),
  ];
  const title = ({ id, title: name }) => (id === 'floor' ? '`node:https` alone' : name);
  return table(['', ...shown.map(title), 'ceiling for openrouter-ts'], rows);
}

/**
 * What of an answer each client hands to its caller.
 * @param {import('./run.mjs').Results} results
 */
function keptTable({ costs = {}, clients }) {
  const shown = CLIENTS.filter(({ id }) => clients.includes(id));
  const rows = WORKLOADS.filter(({ id }) => id === 'calls' || id === 'stream').flatMap(({ id, kind }) => {
    const byClient = costs[id];
    if (!byClient) return [];
    const marks = (fact) => shown.map((client) => (byClient[client.id]?.keptFacts.includes(fact) ? 'yes' : '**no**'));
    return Object.keys(FACTS).map((fact) => [
      `${fact}, ${kind === 'ask' ? 'of a call' : 'of a stream'}`,
      ...marks(fact),
    ]);
  });
  return rows.length > 0 ? table(['kept of the answer', ...shown.map(({ title }) => title)], rows) : '';
}

/** @param {import('./run.mjs').Results} results */
function roundsOf({ rounds, quick }) {
  const medians = rounds === 1 ? 'One round.' : `Medians of ${rounds} rounds.`;
  return quick ? `${medians} A quick run: a quarter of the work, not for publishing.` : medians;
}

/**
 * The tables of a run.
 * @param {import('./run.mjs').Results} results
 * @returns {string} Markdown
 */
export function renderTables(results) {
  const { costs, imports, bundles, installed, clients } = results;
  const unit = clients.includes(BASELINE)
    ? ', bare `fetch` = 1.00; in brackets: for one call or one chunk'
    : ', for one call or one chunk';
  const parts = [];
  if (costs)
    parts.push(`CPU time of the client's process${unit}. ${roundsOf(results)}`, costTable(results), keptTable(results));
  if (imports || bundles || installed) parts.push(weightTable(results));
  return parts.filter((part) => part !== '').join('\n\n');
}
