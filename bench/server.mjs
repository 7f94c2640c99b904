/**
 * The service of the benchmarks, to be forked: it answers on loopback, out of buffers made beforehand, tells its origin
 * to its parent and ends with it.
 *
 * The path says what to answer, so that a client is pointed at a workload by its base URL: `/answer/…`,
 * `/stream/<chunks a write>/…`, `/tool-arguments/<chunks a write>/…`. A stream has as many chunks as the request's
 * `max_tokens` allows.
 */
import { createServer } from 'node:http';
import { renderTextStream, renderToolStream } from './render.mjs';
import { HEADERS, MODEL, answerBody } from './traffic.mjs';

/** Writes in one turn of the event loop before other connections have theirs: few enough that streams interleave. */
const WRITES_A_TURN = 32;

const ANSWER = Buffer.from(answerBody());

/** What a client with a budget asks first: the price of the model. */
const PRICED = {
  id: MODEL,
  canonical_slug: MODEL,
  name: MODEL,
  context_length: 128_000,
  architecture: { input_modalities: ['text'], output_modalities: ['text'] },
  pricing: { prompt: '0.00000015', completion: '0.0000006' },
  top_provider: { context_length: 128_000, max_completion_tokens: 16_384 },
  supported_parameters: [],
};

/** @type {Map<string, Buffer[]>} */
const rendered = new Map();

/**
 * @param {string} path
 * @param {string} body of the request
 */
function streamFor(path, body) {
  const [, kind, perWrite] = path.split('/');
  const count = /"max_tokens":(\d+)/.exec(body)?.[1];
  const key = `${kind}/${perWrite}/${count}`;
  const known = rendered.get(key);
  if (known) return known;
  const render = kind === 'stream' ? renderTextStream : kind === 'tool-arguments' ? renderToolStream : undefined;
  const made = render?.(Number(count), Number(perWrite));
  if (made) rendered.set(key, made);
  return made;
}

/**
 * Writes one buffer at a time to the socket, each its own system call and its own segment (`ServerResponse.write` would
 * gather those of a turn), never faster than the other side reads.
 * @param {import('node:http').ServerResponse} response
 * @param {Buffer[]} buffers
 */
function pump(response, buffers) {
  const { socket } = response;
  if (!socket) return;
  let index = 0;
  const turn = () => {
    for (let written = 0; written < WRITES_A_TURN; written += 1) {
      if (socket.destroyed) return;
      if (index === buffers.length) {
        response.end();
        return;
      }
      const buffer = buffers[index];
      index += 1;
      if (!socket.write(buffer)) {
        socket.once('drain', turn);
        return;
      }
    }
    setImmediate(turn);
  };
  turn();
}

/**
 * @param {string} path
 * @param {string} body of the request
 * @param {import('node:http').ServerResponse} response
 */
function answer(path, body, response) {
  const [place = ''] = path.split('?');
  if (place.endsWith('/models') || place.endsWith('/endpoints')) {
    const data = place.endsWith('/models') ? [PRICED] : { ...PRICED, endpoints: [] };
    response.writeHead(200, { ...HEADERS, 'content-type': 'application/json' }).end(JSON.stringify({ data }));
    return;
  }
  if (path.startsWith('/answer/')) {
    response.writeHead(200, { ...HEADERS, 'content-type': 'application/json' });
    response.write(ANSWER);
    response.end();
    return;
  }
  const buffers = streamFor(path, body);
  if (!buffers) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    ...HEADERS,
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    'transfer-encoding': 'chunked',
  });
  response.flushHeaders();
  pump(response, buffers);
}

const server = createServer({ noDelay: true, keepAliveTimeout: 60_000 }, (request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text) => {
    body += text;
  });
  request.on('end', () => answer(request.url ?? '', body, response));
});

server.on('connection', (socket) => socket.on('error', () => socket.destroy()));
process.once('disconnect', () => process.exit(0));
server.listen({ port: 0, host: '127.0.0.1', backlog: 2048 }, () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.({ origin: `http://127.0.0.1:${address.port}` });
});
