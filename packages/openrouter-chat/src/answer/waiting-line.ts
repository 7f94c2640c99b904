import { explainFailure } from '../failure/explain-failure.ts';
import type { FailurePlace } from '../failure/failure.ts';
import { foreignText } from '../terminal/foreign-text.ts';
import { styleFor } from '../terminal/style.ts';
import type { Surroundings } from '../terminal/surroundings.ts';
import { symbolsFor } from '../terminal/symbols.ts';
import type { Retrying, RetryNews } from './retry-news.ts';

/** A model that answers at once needs no words about waiting. */
const firstMs = 400;

const eraseLine = '\r\x1b[K';

/**
 * Says on the terminal who is waited for and for how long, until there is something to read; and when the client has to try again, why, and in how many seconds.
 * Where nobody watches, it says only that, and only if it takes a second or more.
 *
 * @param surroundings - where to say it
 * @param place - who is waited for, and where
 * @param retries - tells when the client tries again
 * @returns a function that ends it and leaves no trace
 */
export function showWaiting(surroundings: Surroundings, place: FailurePlace, retries: RetryNews): () => void {
  const { stderr, env, clock } = surroundings;
  const { dim } = styleFor(stderr, env);
  const { ellipsis } = symbolsFor(env);
  const secondsSince = (ms: number): number => Math.floor((clock.now() - ms) / 1000);
  if (stderr.isTTY !== true || env['TERM'] === 'dumb') {
    return retries.listen(({ error, waitMs }) => {
      if (waitMs < 1000) return;
      stderr.write(`${reason(error, place)} Trying again in ${Math.ceil(waitMs / 1000)} s${ellipsis}\n`);
    });
  }
  const startedAt = clock.now();
  let retrying: { readonly why: string; readonly at: number } | undefined;
  let isDrawn = false;
  const text = (): string => {
    if (retrying !== undefined && retrying.at > clock.now())
      return `trying again in ${-secondsSince(retrying.at)} s (Ctrl-C to stop): ${retrying.why}`;
    const seconds = secondsSince(startedAt);
    return `waiting for ${foreignText(place.model, 60)}${ellipsis}${seconds === 0 ? '' : ` ${seconds} s`} (Ctrl-C to stop)`;
  };
  const draw = (): void => {
    stderr.write(eraseLine + dim(text().slice(0, (stderr.columns ?? 80) - 1)));
    isDrawn = true;
    cancel = clock.setTimer(draw, 1000);
  };
  let cancel = clock.setTimer(draw, firstMs);
  const forget = retries.listen(({ error, waitMs }: Retrying) => {
    retrying = { why: reason(error, place), at: clock.now() + waitMs };
    cancel();
    draw();
  });
  return () => {
    forget();
    cancel();
    if (isDrawn) stderr.write(eraseLine);
    isDrawn = false;
  };
}

/** What a model or a provider is called is foreign text too. */
function reason(error: unknown, place: FailurePlace): string {
  return foreignText(explainFailure(error, place).what, 200);
}
