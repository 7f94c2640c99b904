import { connect } from 'node:net';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  cut,
  cutAfter,
  endAfter,
  hang,
  hangAfter,
  rawBody,
  reply,
  reset,
  resetAfter,
  script,
  Simulator,
  splitEvery,
} from '../index.ts';
import { startSimulatorServer } from './index.ts';
import type { SimulatorServer } from './index.ts';

let simulator: Simulator;
let server: SimulatorServer;

beforeEach(async () => {
  simulator = new Simulator();
  server = await startSimulatorServer(simulator);
});

afterEach(() => server.close());

const headers = { authorization: 'Bearer key' };

function ask(stream: boolean): { method: string; headers: object; body: string } {
  const messages = [{ role: 'user', content: 'Hi' }];
  return { method: 'POST', headers, body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages, stream }) };
}

/** With Node's own client, whose errors and chunks are those of the socket. */
async function open(stream: boolean): Promise<IncomingMessage> {
  const { body, ...options } = ask(stream);
  const outgoing = request(`${server.baseURL}/chat/completions`, { ...options, agent: false } as object);
  // Node tells the request of a reset as well as the response that it already has.
  outgoing.on('error', () => undefined);
  outgoing.end(body);
  const [response] = await once(outgoing, 'response');
  return response;
}

async function read(response: IncomingMessage): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of response) pieces.push(String(piece));
  return pieces;
}

/** Without any HTTP client: what arrives until the connection is closed. */
async function talk(text: string): Promise<string> {
  let answer = '';
  const socket = connect(server.port, '127.0.0.1');
  socket.on('data', (part) => (answer += String(part)));
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

describe('the simulator behind a port', () => {
  it('answers as it does in process, and records the same', async () => {
    const whole = await fetch(`${server.baseURL}/chat/completions`, ask(false) as RequestInit);
    expect(await whole.json()).toMatchObject({ object: 'chat.completion', model: 'openai/gpt-4o-mini' });
    const streamed = await read(await open(true));
    expect(streamed.join('')).toMatch(/data: \[DONE\]\n\n$/);
    expect(simulator.requests).toMatchObject([
      { path: '/api/v1/chat/completions', state: 'complete', headers },
      { path: '/api/v1/chat/completions', state: 'complete', sentBytes: Buffer.byteLength(streamed.join('')) },
    ]);
  });

  it('sends every piece as a chunk of its own', async () => {
    simulator.next(splitEvery(rawBody('x'.repeat(1_000)), 200));
    const text = await talk('GET /api/v1/models HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
    const chunk = `c8\r\n${'x'.repeat(200)}\r\n`;
    expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toBe(`${chunk.repeat(5)}0\r\n\r\n`);
  });

  it('lets a browser of another origin in', async () => {
    const wanted = { 'access-control-request-headers': 'authorization', origin: 'https://example.com' };
    const preflight = await fetch(`${server.baseURL}/models`, { method: 'OPTIONS', headers: wanted });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'authorization']);
    const models = await fetch(`${server.baseURL}/models`);
    expect(models.headers.get('access-control-allow-origin')).toBe('*');
    expect(simulator.requests).toHaveLength(1);
    await models.text();
  });

  it('keeps connections for the next request, and can close them', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let index = 0; index < 3; index += 1) {
      const outgoing = request(`${server.baseURL}/models`, { agent }).end();
      const [response] = await once(outgoing, 'response');
      await read(response);
    }
    expect([server.connections, server.connectionsEver]).toEqual([1, 1]);
    await server.close();
    expect(server.connections).toBe(0);
    agent.destroy();
  });
});

describe('a broken connection', () => {
  it('is really reset before the headers', async () => {
    simulator.next(reset());
    await expect(open(false)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(simulator.requests[0]?.state).toBe('broken');
  });

  it('is really closed before the headers', async () => {
    simulator.next(cut());
    await expect(open(false)).rejects.toMatchObject({ message: 'socket hang up' });
  });

  it.each([
    ['reset', resetAfter],
    ['closed', cutAfter],
  ])('is %s after what was sent has arrived', async (_, broken) => {
    simulator.next(broken(reply({ content: 'One two three', keepAlives: 0 }), { events: 2 }));
    const response = await open(true);
    const pieces: string[] = [];
    const reading = (async () => {
      for await (const piece of response) pieces.push(String(piece));
    })();
    await expect(reading).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(pieces.join('').match(/^data: /gm)).toHaveLength(2);
  });

  it('may not be broken at all: a body can end early and properly', async () => {
    simulator.next(endAfter(reply('One two three'), { bytes: 50 }));
    expect((await read(await open(true))).join('')).toHaveLength(50);
  });

  it('shows what is not HTTP as it is', async () => {
    simulator.next(script({ type: 'raw', data: 'HTTP/1.1 200 OK\r\ncontent-le' }, { type: 'cut' }));
    const text = await talk('GET /api/v1/models HTTP/1.1\r\nhost: localhost\r\n\r\n');
    expect(text).toBe('HTTP/1.1 200 OK\r\ncontent-le');
  });
});

describe('a client that goes away', () => {
  it.each([
    ['while the server is silent', hang({ before: 'headers' })],
    ['in the middle of an answer', hangAfter(reply('One two three'), { events: 1 })],
    ['after the answer, which was not ended', hangAfter(reply('One'))],
  ])('is noticed %s', async (_, response) => {
    simulator.next(response);
    const controller = new AbortController();
    const call = fetch(`${server.baseURL}/chat/completions`, {
      ...ask(true),
      signal: controller.signal,
    } as RequestInit);
    const record = await simulator.received(1);
    expect(record.state).toBe('open');
    controller.abort();
    await call.catch(() => undefined);
    await record.over;
    expect(record.closedByClient).toBe(true);
  });

  it('is billed as one', async () => {
    simulator.next(hangAfter(reply('One two three'), { events: 2 }));
    const response = await open(true);
    let said = '';
    for await (const part of response) {
      said += String(part);
      if (said.includes(' two')) break;
    }
    await simulator.requests[0]?.over;
    expect(simulator.generations).toMatchObject([{ cancelled: true, tokens: { completion: 2 } }]);
  });
});
