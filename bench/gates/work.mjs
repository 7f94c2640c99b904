/** The work that clients are made to do, each function in a process of its own. */
import { getEventListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds that mean the same in every process of this machine. */
const now = () => performance.timeOrigin + performance.now();

/**
 * What an error calls itself, with the number that goes with it.
 * @param {any} error
 */
function nameOf(error) {
  if (!(error instanceof Error))
    return `a plain ${typeof error}${typeof error?.code === 'number' ? ` (${error.code})` : ''}`;
  const name = error.name === 'Error' ? error.constructor.name : error.name;
  const number = [error.status, error.statusCode, error.code].find((value) => typeof value === 'number');
  return number === undefined ? name : `${name} (${number})`;
}

/**
 * @param {any} error
 */
function told(error) {
  return { error: nameOf(error), message: String(error?.message), retryAfterMs: error?.retryAfterMs };
}

/**
 * @param {Promise<import('./clients/index.mjs').Seen>} call
 */
async function seenOf(call) {
  try {
    const { value, text, finish } = await call;
    return { type: value === null || value === undefined ? 'nothing' : typeof value, text, finish };
  } catch (error) {
    return told(error);
  }
}

/**
 * Reads a stream to its end, as its caller would.
 * @param {AsyncIterable<import('./clients/index.mjs').Part>} stream
 */
async function readingOf(stream) {
  const reading = { text: '', afterError: '' };
  try {
    for await (const { text = '', finish, error } of stream) {
      if (error) Object.assign(reading, told(error));
      if (reading.error) reading.afterError += text ?? '';
      else reading.text += text ?? '';
      if (finish) reading.finish = finish;
    }
  } catch (error) {
    Object.assign(reading, told(error));
  }
  return reading;
}

/**
 * Does something for each number, so many at once.
 * @param {number} count
 * @param {number} concurrency
 * @param {(index: number) => Promise<void>} act
 */
async function forEach(count, concurrency, act) {
  let next = 0;
  const loop = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, loop));
}

/** Asks many times, and counts what comes of it. */
async function askMany({ open, settings, count, concurrency = count, modelEach = false }) {
  const client = await open(settings);
  const errors = {};
  let good = 0;
  await forEach(count, concurrency, async (index) => {
    const seen = await seenOf(
      client.ask({ headers: { 'x-call': String(index) }, model: modelEach ? `test/model-${index}` : undefined }),
    );
    if (seen.text === 'Hello') good += 1;
    else errors[seen.error ?? 'wrong'] = (errors[seen.error ?? 'wrong'] ?? 0) + 1;
  });
  return { good, errors };
}

/** Reads many streams, and tells of each how it ended. */
async function readMany({ open, settings, count, concurrency }) {
  const client = await open(settings);
  const readings = [];
  await forEach(count, concurrency, async (index) => {
    const { error, finish } = await readingOf(client.stream({ headers: { 'x-call': String(index) } }));
    readings[index] = { error, finish };
  });
  return readings;
}

/** Meets each of several servers once, all at the same time, and tells of each when it is through with it. */
async function meetEach({ open, settings, baseURLs, note }) {
  const startedAt = now();
  const meet = async ([id, { baseURL, mode }]) => {
    const client = await open({ ...settings, baseURL });
    const seen = mode === 'whole' ? await seenOf(client.ask()) : await readingOf(client.stream());
    note({ id, mode, ...seen, ms: now() - startedAt });
  };
  await Promise.all(Object.entries(baseURLs).map(meet));
  return {};
}

/** Begins streams and leaves the loop at the first text; the moments of leaving. */
async function leaveStreams({ open, settings, count, stayMs, note }) {
  const client = await open(settings);
  for (let index = 0; index < count; index += 1) {
    for await (const { text, error } of client.stream({ headers: { 'x-call': String(index) } })) {
      if (error) throw error;
      if (!text) continue;
      note({ index, leftAt: now() });
      break;
    }
  }
  // The process lives on, as a service does: what is closed is closed by the client.
  await wait(stayMs);
  return {};
}

const WAYS = ['answer', 'refusal', 'stream', 'cut', 'abort', 'break', 'abort-stream', 'answer'];

/** Makes calls of every kind under signals that live on, and tells what is left when all of them have ended. */
async function mixCalls({ open, settings, count, concurrency }) {
  const client = await open(settings);
  // What the process itself needs to tell of warnings is not the client's.
  process.stderr.write('');
  const before = process.getActiveResourcesInfo();
  const shared = new AbortController();
  const signals = [shared.signal];
  const seen = {};
  await forEach(count, concurrency, async (index) => {
    const way = WAYS[index % WAYS.length];
    const aborts = way.startsWith('abort');
    const own = aborts ? new AbortController() : shared;
    if (aborts) signals.push(own.signal);
    const call = { signal: own.signal, headers: { 'x-way': way } };
    if (way === 'abort') setTimeout(() => own.abort(), index % 20);
    const ended = await callOnce(client, way, call, own);
    seen[`${way}: ${ended}`] = (seen[`${way}: ${ended}`] ?? 0) + 1;
  });
  // What ends with the next turns of the loop has ended.
  await wait(500);
  globalThis.gc?.();
  await wait(50);
  globalThis.gc?.();
  const left = [...process.getActiveResourcesInfo()];
  for (const resource of before) if (left.includes(resource)) left.splice(left.indexOf(resource), 1);
  const listeners = signals.reduce((sum, signal) => sum + getEventListeners(signal, 'abort').length, 0);
  return { listeners, left, seen };
}

async function callOnce(client, way, call, controller) {
  if (way === 'answer' || way === 'refusal' || way === 'abort') return (await seenOf(client.ask(call))).error ?? 'good';
  if (way === 'stream' || way === 'cut') return (await readingOf(client.stream(call))).error ?? 'good';
  try {
    for await (const { text, error } of client.stream(call)) {
      if (error) return nameOf(error);
      if (!text) continue;
      if (way === 'break') break;
      controller.abort();
    }
    return 'left';
  } catch (error) {
    return nameOf(error);
  }
}

/** By the names that jobs have for them. */
export const WORK = { askMany, readMany, meetEach, leaveStreams, mixCalls };
