/**
 * The shortest reader of a stream that is right for what the service of these benchmarks sends: for the clients that have none of their own.
 */

/**
 * Splits text that arrives in arbitrary pieces into the chunks it carries.
 * @param {(chunk: any) => void} onChunk
 * @returns {(text: string) => void} to be called with each piece
 */
export function eventReader(onChunk) {
  let rest = '';
  return (text) => {
    rest += text;
    let start = 0;
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n', start)) {
      if (rest.startsWith('data: {', start)) onChunk(JSON.parse(rest.slice(start + 6, end)));
      start = end + 1;
    }
    rest = rest.slice(start);
  };
}
