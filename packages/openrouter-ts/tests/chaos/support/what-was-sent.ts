import type { SentResponse } from './sent-response.ts';

/** What a body says, read by another reader than the library's: slowly, and from beginning to end. */
export interface WhatWasSent {
  /** The text of the first choice, up to the end or to the first thing that is wrong. */
  readonly text: string;
  /** Whether the model said why it stopped. */
  readonly finished: boolean;
  /** Whether `[DONE]` came, or a whole JSON body. */
  readonly done: boolean;
  /** Whether there is something that is no answer: an error, or what is not JSON. */
  readonly broken: boolean;
  /** Whether anything came that a caller would get to see. */
  readonly output: boolean;
}

interface Choice {
  readonly delta?: Said;
  readonly message?: Said;
  readonly error?: unknown;
  readonly finish_reason?: string | null;
}

interface Said {
  readonly content?: string | null;
  readonly reasoning?: string | null;
}

interface Body {
  readonly error?: unknown;
  readonly choices?: readonly Choice[];
}

const nothing: WhatWasSent = { text: '', finished: false, done: false, broken: false, output: false };

/** Reads what went out to one request. */
export function whatWasSent({ status, headers, body }: SentResponse): WhatWasSent {
  if (status !== 200) return nothing;
  const text = new TextDecoder().decode(body);
  return headers['content-type'] === 'text/event-stream' ? readEvents(text) : readBody(text);
}

function readEvents(text: string): WhatWasSent {
  let sent = nothing;
  for (const data of dataOf(text)) {
    if (data === '[DONE]') return { ...sent, done: true };
    const body = parse(data);
    // After the finish reason nothing is missing but the usage.
    if (body === undefined && sent.finished) return sent;
    sent = withBody(sent, body);
    if (sent.broken) return sent;
  }
  return sent;
}

/** An event ends with an empty line; one that does not end was not sent. */
function dataOf(text: string): readonly string[] {
  const events = text.split('\n\n').slice(0, -1);
  return events.flatMap((event) =>
    event
      .split('\n')
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice('data:'.length).replace(/^ /, '')),
  );
}

function readBody(text: string): WhatWasSent {
  if (text.trim() === '') return nothing;
  const sent = withBody(nothing, parse(text));
  return { ...sent, done: !sent.broken };
}

function withBody(before: WhatWasSent, body: Body | undefined): WhatWasSent {
  if (body === undefined || body.error !== undefined) return { ...before, broken: true };
  let { text, finished, output } = before;
  for (const choice of body.choices ?? []) {
    const { content, reasoning } = choice.delta ?? choice.message ?? {};
    if (choice.error !== undefined || choice.finish_reason === 'error')
      return { ...before, text: text + (content ?? ''), broken: true };
    const stops = typeof choice.finish_reason === 'string' && choice.finish_reason !== '';
    text += content ?? '';
    finished ||= stops;
    output ||= stops || (content ?? '') !== '' || (reasoning ?? '') !== '';
  }
  return { ...before, text, finished, output };
}

function parse(text: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
