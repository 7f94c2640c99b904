import { foreignText } from '../terminal/foreign-text.ts';
import { styleFor } from '../terminal/style.ts';
import type { Surroundings } from '../terminal/surroundings.ts';
import { symbolsFor } from '../terminal/symbols.ts';

/** A model that answers at once needs no words about waiting. */
const firstMs = 400;

const eraseLine = '\r\x1b[K';

/**
 * Says on the terminal who is waited for and for how long, until there is something to read. Where nobody watches, it says nothing.
 *
 * @param surroundings - where to say it
 * @param model - who is waited for
 * @returns a function that ends it and leaves no trace
 */
export function showWaiting({ stderr, env, clock }: Surroundings, model: string): () => void {
  if (stderr.isTTY !== true || env['TERM'] === 'dumb') return () => undefined;
  const { dim } = styleFor(stderr, env);
  const { ellipsis } = symbolsFor(env);
  const startedAt = clock.now();
  let isDrawn = false;
  const draw = (): void => {
    const seconds = Math.floor((clock.now() - startedAt) / 1000);
    const text = `waiting for ${foreignText(model, 60)}${ellipsis}${seconds === 0 ? '' : ` ${seconds} s`} (Ctrl-C to stop)`;
    stderr.write(eraseLine + dim(text.slice(0, (stderr.columns ?? 80) - 1)));
    isDrawn = true;
    cancel = clock.setTimer(draw, 1000);
  };
  let cancel = clock.setTimer(draw, firstMs);
  return () => {
    cancel();
    if (isDrawn) stderr.write(eraseLine);
    isDrawn = false;
  };
}
