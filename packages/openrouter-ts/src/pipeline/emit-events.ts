import type { ApiRequest } from '../http/api-request.ts';
import type { Outcome, Settlement } from '../http/outcome.ts';
import { operationName } from '../http/read-context.ts';
import { haveSubscribers, type Channels } from '../telemetry/channels.ts';
import type { Emit } from '../telemetry/events.ts';
import { tellHook, type Hooks } from '../telemetry/hooks.ts';
import type { Clock } from '../util/clock.ts';
import type { Handler, Middleware } from './middleware.ts';
import { modelOf } from './model-of.ts';

/** Who is told. */
export interface EventOptions {
  readonly hooks: Hooks | undefined;
  readonly channels: Channels;
  readonly clock: Clock;
}

/**
 * Tells whoever listens what happens in each call. While nobody listens it does nothing.
 *
 * @param options - who is told
 * @returns the policy
 */
export function emitEvents({ hooks, channels, clock }: EventOptions): Middleware {
  let calls = 0;
  return function tellingWhatHappens(request, next) {
    if (hooks === undefined && !haveSubscribers(channels)) return next(request);
    calls += 1;
    const facts = { call: calls, operation: operationName(request) };
    const emit: Emit = (step) => {
      const event = { ...step, ...facts };
      if (hooks !== undefined) tellHook(hooks, event);
      for (const { type, channel } of channels) if (type === event.type) channel.publish(event);
    };
    return telling(request, next, emit, clock);
  };
}

async function telling<Value>(
  request: ApiRequest,
  next: Handler<Value>,
  emit: Emit,
  clock: Clock,
): Promise<Outcome<Value>> {
  const { attempts, stream } = request;
  const startedAt = clock.now();
  const sinceStart = (): number => clock.now() - startedAt;
  const failed = (error: unknown): void => {
    emit({ type: 'error', durationMs: sinceStart(), error, attempts });
  };
  emit({ type: 'request', model: modelOf(request), stream });
  const progress = {
    output: () => {
      emit({ type: 'first-token', sinceStartMs: sinceStart() });
    },
  };
  try {
    const outcome = await next({ ...request, events: emit, progress });
    void outcome.settled.then((settlement) => {
      if (settlement.error !== undefined) {
        failed(settlement.error);
        return;
      }
      tellOfServerFallback(request, settlement, emit);
      const { model, usage, generationId } = settlement;
      emit({ type: 'finish', durationMs: sinceStart(), model, generationId, usage, attempts });
    });
    return outcome;
  } catch (error) {
    failed(error);
    throw error;
  }
}

/** The server names the model that answered, sometimes by its longer name with a date: of those it could choose from, the one that says most of it. */
function tellOfServerFallback({ body, attempts }: ApiRequest, { model = '' }: Settlement, emit: Emit): void {
  const from = attempts.at(-1)?.model;
  const models: unknown = body?.['models'];
  // Where another model than the request's own was asked, they were not sent.
  if (from === undefined || from !== body?.['model'] || !isList(models)) return;
  let to = '';
  for (const name of [from, ...models])
    if (typeof name === 'string' && model.startsWith(name) && name.length > to.length) to = name;
  if (to !== '' && to !== from) emit({ type: 'fallback', from, to: model, by: 'server' });
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
