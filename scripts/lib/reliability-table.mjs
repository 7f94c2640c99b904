/** The page that holds the table, from the root. */
export const page = 'docs/reliability.md';

/** Every fault that the table must hold. */
export const ids = Array.from({ length: 136 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`);

const sections = [
  ['Before the request is sent', 1],
  ['Sent, and no answer', 17],
  ['Error statuses', 27],
  ['Rate limits', 40],
  ['Failures of OpenRouter and its providers', 54],
  ['Redirects, odd statuses and odd error bodies', 61],
  ['Whole answers', 68],
  ['The bytes of a stream', 83],
  ['The life of a stream', 97],
  ['Whoever reads', 120],
  ['Many calls, and time', 131],
];

const again = { no: 'no', once: 'once', yes: 'yes' };

const bills = { none: 'no', insured: 'not for tokens', possible: 'possibly', certain: 'yes' };

const between = /(<!-- faults:begin -->\n)[\s\S]*?(<!-- faults:end -->)/;

/**
 * Puts the table of faults into the page, between its two comments.
 * @param {string} text - the page as it is
 * @param {readonly import('./collect-faults.mjs').Fault[]} faults - what the tests say of themselves
 * @returns {string} the page as it should be
 * @throws {Error} when the page has no place for the table
 */
export function withTable(text, faults) {
  if (!between.test(text))
    throw new Error(`${page} has no place for the table: <!-- faults:begin --> and <!-- faults:end -->.`);
  return text.replace(between, (_, begin, end) => `${begin}\n${render(faults)}\n\n${end}`);
}

function render(faults) {
  return sections
    .map(([title, first], index) => {
      const next = sections[index + 1]?.[1] ?? Infinity;
      const rows = faults.filter(({ id }) => numberOf(id) >= first && numberOf(id) < next);
      const head =
        '|  | What goes wrong | What the client does | Tried again | Billed | Test |\n| --- | --- | --- | --- | --- | --- |';
      return `### ${title}\n\n${head}\n${rows.map(renderRow).join('\n')}`;
    })
    .join('\n\n');
}

function renderRow({ id, title, result, retry, bill, file, reason }) {
  const test = file === undefined ? `none: ${reason}` : `[${nameOf(file)}](../${file})`;
  return `| ${[id, cell(title), cell(result), again[retry] ?? '', bills[bill] ?? '', test].join(' | ')} |`;
}

function cell(text) {
  return text.replaceAll('|', String.raw`\|`).replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

function nameOf(file) {
  return file.replace(/^.*\//, '').replace(/\.test\.ts$/, '');
}

function numberOf(id) {
  return Number(id.slice(1));
}
