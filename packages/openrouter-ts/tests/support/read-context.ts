import type { Attempt } from '../../src/errors/attempt.ts';
import type { Progress } from '../../src/http/progress.ts';
import type { DecodeUtf8, ReadContext, SizeLimits } from '../../src/http/read-context.ts';
import type { TransportResponse } from '../../src/http/transport.ts';
import { FakeClock } from '../../src/testing/fake-clock.ts';
import { AbortScope } from '../../src/util/abort-scope.ts';
import { ScriptedBody } from './scripted-body.ts';

/** What a test may want to be different about an attempt. */
export interface AttemptOptions {
  readonly limits?: Partial<SizeLimits>;
  readonly progress?: Progress;
  readonly headers?: Readonly<Record<string, string>>;
  readonly attempts?: readonly Attempt[];
  readonly stream?: boolean;
  readonly decodeUtf8?: DecodeUtf8;
  readonly decodeLatin1?: DecodeUtf8;
}

/** One attempt whose answer a test writes itself. */
export interface ScriptedAttempt {
  readonly body: ScriptedBody;
  readonly clock: FakeClock;
  readonly scope: AbortScope;
  readonly response: TransportResponse;
  readonly context: ReadContext;
}

/** Makes an attempt that was answered with status 200 and a body that is to come. */
export function scriptedAttempt(options: AttemptOptions = {}): ScriptedAttempt {
  const { limits, progress, attempts = [], stream = true } = options;
  const clock = new FakeClock();
  const scope = new AbortScope();
  const body = new ScriptedBody(scope);
  const headers: Readonly<Record<string, string>> = {
    'content-type': stream ? 'text/event-stream; charset=utf-8' : 'application/json',
    ...options.headers,
  };
  const context: ReadContext = {
    request: {
      method: 'POST',
      path: '/chat/completions',
      stream,
      scope,
      attempts: [...attempts],
      settings: {},
      reached: { phase: 'unsent', generationId: undefined },
      progress,
    },
    clock,
    limits: { eventBytes: 10_000_000, answerBytes: 10_000_000, errorBytes: 10_000, ...limits },
    scope,
    decodeUtf8: options.decodeUtf8,
    decodeLatin1: options.decodeLatin1,
    generationId: headers['x-generation-id'],
  };
  return { body, clock, scope, context, response: { status: 200, headers, body } };
}
