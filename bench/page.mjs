import { renderTables } from './table.mjs';

/**
 * The page about a run: the tables, how they came about, and on what.
 * @param {import('./run.mjs').Results} results
 * @returns {string} Markdown
 */
export function renderPage(results) {
  const { measuredAt, machine, versions } = results;
  const packages = Object.entries(versions).map(([name, version]) => `\`${name}\` ${version}`);
  return `# What a call costs

Measured on ${measuredAt.slice(0, 10)} with Node ${machine.node.slice(1)} on ${machine.os} (${machine.cpu}, ${machine.memoryGb} GB).
Versions: ${packages.join(', ')}.
This page is written by \`npm run bench -- --write\`; run \`npm run bench\` to see the figures of your own machine.
Trust the ratios rather than the times.

${renderTables(results)}

## How it is measured

- The service is a process of its own on loopback, speaks HTTP/1.1 with keep-alive and chunked bodies, and answers with the headers and the
  JSON of the real one out of buffers made beforehand: its work is not in the figures. "One write each" is one system call and one HTTP
  chunk for each chunk of the stream.
- Each figure is the user and system CPU time of a fresh process that does the work of one client on one workload, after it has done
  half as much to warm up.
- The clients take turns: a round measures each of them once, and each round begins with another one. A ratio is taken within a round; the
  table gives the median of the ratios.
- Every answer is checked to be whole, so that nobody wins by dropping text. What else of an answer reaches the caller is in the second table: a
  fact counts as kept when it is anywhere in what the client returns.
- Each client is used as its own documentation shows, with its own defaults. openrouter-ts also assembles the whole completion of each stream; the others
  only read the chunks. The floor is the least that a Node program can do: \`node:http\`, one \`JSON.parse\` a chunk, no error handling.
- The import is the wall time of \`await import(…)\` in a fresh process. The bundle is minified by esbuild and compressed by gzip at level 9: what a
  program loads before its first call. What it imports dynamically is in the rows below it, for every client by the same measure. The
  installed size counts the files of a package and of everything it needs; for openrouter-ts, what \`npm pack\` would publish.

\`node bench/growth.mjs\` shows how time and memory grow with the length of a stream, of a tool call's arguments and of a session.
`;
}
