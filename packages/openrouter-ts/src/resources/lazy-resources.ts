import { MadeOnce } from '../http/made-once.ts';
import { OnDemand } from '../http/on-demand.ts';
import type { ResponseDetails } from '../http/outcome.ts';
import type { Call } from '../pipeline/call.ts';
import type { RequestOptions } from '../pipeline/operation.ts';
import { pendingCall, type PendingCall } from '../pipeline/pending-call.ts';
import type { Clock } from '../util/clock.ts';
import type { Model } from '../wire/model.ts';
import type { ModelListCall, ModelResource } from './models.ts';
import type { Resources } from './resources.ts';

/** All endpoints but those that answer. */
export const accountPart: OnDemand<typeof import('./account.ts')> = new OnDemand(
  'account',
  () => import('./account.ts'),
);

type Asked = RequestOptions | undefined;

/** How something is asked of endpoints that may have to be loaded first. */
interface Askers {
  readonly later: <Value>(options: Asked, ask: (all: Resources) => PendingCall<Value>) => PendingCall<Value>;
  readonly list: (options: Asked, ask: (models: ModelResource) => ModelListCall) => ModelListCall;
}

/**
 * Makes the endpoints beside the chat. They are there at once; what they do is loaded by the first call of one of them, before it sends anything.
 *
 * @param call - the function through which every call goes
 * @param clock - counts the pauses of those who wait for a record
 * @returns the endpoints
 */
export function lazyResources(call: Call, clock: Clock): Resources {
  const { later, list } = askers(call, clock);
  return {
    models: {
      list: (query, options) => list(options, (models) => models.list(query, options)),
      user: (query, options) => list(options, (models) => models.user(query, options)),
      embeddings: (query, options) => list(options, (models) => models.embeddings(query, options)),
      feed: (query, options) => later(options, ({ models }) => models.feed(query, options)),
      count: (query, options) => later(options, ({ models }) => models.count(query, options)),
      get: (id, options) => later(options, ({ models }) => models.get(id, options)),
      endpoints: (id, options) => later(options, ({ models }) => models.endpoints(id, options)),
      zdrEndpoints: (options) => later(options, ({ models }) => models.zdrEndpoints(options)),
      images: (options) => later(options, ({ models }) => models.images(options)),
      imageEndpoints: (id, options) => later(options, ({ models }) => models.imageEndpoints(id, options)),
      videos: (options) => later(options, ({ models }) => models.videos(options)),
    },
    providers: { list: (options) => later(options, ({ providers }) => providers.list(options)) },
    key: { get: (options) => later(options, ({ key }) => key.get(options)) },
    credits: { get: (options) => later(options, ({ credits }) => credits.get(options)) },
    generations: {
      get: (id, options) => later(options, ({ generations }) => generations.get(id, options)),
      content: (id, options) => later(options, ({ generations }) => generations.content(id, options)),
    },
    activity: { list: (query, options) => later(options, ({ activity }) => activity.list(query, options)) },
  };
}

function askers(call: Call, clock: Clock): Askers {
  const lazy = new MadeOnce(accountPart, ({ resources }) => resources(call, clock));
  const later = <Value>(options: Asked, ask: (all: Resources) => PendingCall<Value>): PendingCall<Value> => {
    const all = lazy.ready;
    return all === undefined ? pendingCall(loadFirst(options, ask)) : ask(all);
  };
  const loadFirst = async <Value>(
    options: Asked,
    ask: (all: Resources) => PendingCall<Value>,
  ): Promise<{ readonly value: Value; readonly response: ResponseDetails }> => {
    const { data: value, response } = await ask(await lazy.open(options?.signal)).withResponse();
    return { value, response };
  };
  const list = (options: Asked, ask: (models: ModelResource) => ModelListCall): ModelListCall => {
    const all = lazy.ready;
    if (all !== undefined) return ask(all.models);
    let asked: Iterable<Model> | AsyncIterable<Model> = [];
    const first = later(options, ({ models }) => (asked = ask(models)));
    return Object.assign(first, {
      async *[Symbol.asyncIterator]() {
        await first;
        yield* asked;
      },
    });
  };
  return { later, list };
}
