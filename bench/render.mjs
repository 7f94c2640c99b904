import {
  RING,
  STREAM_HEAD,
  streamTail,
  textEvent,
  toolArgumentAt,
  toolArgumentEvent,
  toolCallEvent,
} from './traffic.mjs';

/**
 * One chunk of HTTP/1.1's chunked encoding, ready to be written to the socket as it is.
 * @param {string} text
 */
function frame(text) {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]);
}

/**
 * Events in groups of `perWrite`, each group one frame. Groups with the same text share one buffer, so a stream of a million events is cheap to hold.
 * @param {Iterable<string>} events
 * @param {number} perWrite
 */
function* frames(events, perWrite) {
  /** @type {Map<string, Buffer>} */
  const known = new Map();
  let group = '';
  let size = 0;
  const take = () => {
    const buffer = known.get(group) ?? frame(group);
    known.set(group, buffer);
    group = '';
    size = 0;
    return buffer;
  };
  for (const event of events) {
    group += event;
    size += 1;
    if (size === perWrite) yield take();
  }
  if (size > 0) yield take();
}

/** @param {number} chunks */
function* textEvents(chunks) {
  const ring = Array.from({ length: RING }, (_, index) => textEvent(index));
  for (let index = 0; index < chunks; index += 1) yield ring[index % RING];
}

/** @param {number} bytes */
function* toolArgumentEvents(bytes) {
  /** @type {Map<string, string>} */
  const known = new Map();
  for (let index = 0; index < bytes; index += 1) {
    const character = toolArgumentAt(index, bytes);
    const event = known.get(character) ?? toolArgumentEvent(character);
    known.set(character, event);
    yield event;
  }
}

/**
 * A stream of text, as the buffers to write.
 * @param {number} chunks chunks with text
 * @param {number} perWrite how many of them go into one write
 * @returns {Buffer[]}
 */
export function renderTextStream(chunks, perWrite) {
  return [frame(STREAM_HEAD), ...frames(textEvents(chunks), perWrite), ...frames(streamTail(chunks), perWrite)];
}

/**
 * A stream that calls a tool with so many bytes of arguments, one byte a chunk.
 * @param {number} bytes
 * @param {number} perWrite how many chunks go into one write
 * @returns {Buffer[]}
 */
export function renderToolStream(bytes, perWrite) {
  const tail = frames(streamTail(bytes, 'tool_calls'), perWrite);
  return [frame(STREAM_HEAD), frame(toolCallEvent()), ...frames(toolArgumentEvents(bytes), perWrite), ...tail];
}
