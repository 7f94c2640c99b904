import { expect, it } from 'vitest';
import { standIns } from './stand-ins.ts';

it.each<
  readonly [what: string, model: string, others: readonly string[], allowPaid: boolean, expected: readonly string[]]
>([
  ['in their order', 'a', ['c', 'b'], false, ['c', 'b']],
  ['each once, and never the model itself', 'a', ['b', 'a', 'b', 'c'], false, ['b', 'c']],
  ['only free ones for a free one', 'a:free', ['b', 'c:free', 'openrouter/free'], false, ['c:free', 'openrouter/free']],
  ['also paid ones for a free one if the caller says so', 'a:free', ['b', 'c:free'], true, ['b', 'c:free']],
  ['also free ones for a paid one', 'a', ['b:free', 'c'], false, ['b:free', 'c']],
])('models stand in %s', (_what, model, others, allowPaid, expected) => {
  expect(standIns(model, others, allowPaid)).toEqual(expected);
});
