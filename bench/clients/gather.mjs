/**
 * What a program does with a chunk of the API's own shape: it appends the text, and the arguments of a tool call.
 */

/**
 * @typedef {object} Gathered
 * @property {string} text
 * @property {string} toolArguments
 * @property {unknown} first the first chunk, as the caller saw it
 * @property {unknown} last the last chunk, as the caller saw it
 */

/** @returns {Gathered} */
export function nothingYet() {
  return { text: '', toolArguments: '', first: undefined, last: undefined };
}

/**
 * @param {Gathered} gathered
 * @param {any} chunk
 */
export function gather(gathered, chunk) {
  gathered.first ??= chunk;
  gathered.last = chunk;
  const delta = chunk.choices[0]?.delta;
  if (delta?.content) gathered.text += delta.content;
  const call = delta?.tool_calls?.[0];
  if (call?.function?.arguments) gathered.toolArguments += call.function.arguments;
}
