import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { causes } from './causes.ts';

describe('causes', () => {
  it('lists an error and its causes, outermost first', () => {
    const inner = new Error('inner');
    const middle = new Error('middle', { cause: inner });
    const outer = new Error('outer', { cause: middle });
    expect(causes(outer)).toEqual([outer, middle, inner]);
  });

  it('follows the first of several errors', () => {
    const first = new Error('first');
    const several = new AggregateError([first, new Error('second')], 'several', { cause: new Error('not this one') });
    expect(causes(several)).toEqual([several, first]);
  });

  it('ends where several errors turn out to be none', () => {
    const none = new AggregateError([]);
    expect(causes(none)).toEqual([none]);
  });

  it('knows errors of another realm, and objects that stand for errors', () => {
    const foreign: unknown = runInNewContext('new Error("foreign", { cause: { code: "ECONNRESET" } })');
    expect(causes(foreign)).toEqual([foreign, { code: 'ECONNRESET' }]);
  });

  it('comes to an end where causes lead in a circle', () => {
    const circular = new Error('circular');
    circular.cause = circular;
    expect(causes(circular)).toEqual(Array.from({ length: 6 }, () => circular));
  });

  it.each([undefined, null, 'text', 7, true])('finds nothing in %j', (value) => {
    expect(causes(value)).toEqual([]);
  });
});
