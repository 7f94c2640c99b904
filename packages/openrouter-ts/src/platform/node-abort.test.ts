import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { AbortScope } from '../util/abort-scope.ts';
import { listenForAbort } from './node-abort.ts';

describe('who wants to hear of the end of a request', () => {
  it('is told by the request, and its signal is not made for that', () => {
    const scope = new AbortScope();
    const told: unknown[] = [];
    const request = {
      get signal(): AbortSignal {
        throw new Error('Nobody needs a signal.');
      },
      onAbort: (listener: (reason: unknown) => void) => scope.onAbort(listener),
    };
    const forget = listenForAbort(request, (reason) => told.push(['first', reason]));
    listenForAbort(request, (reason) => told.push(['second', reason]));
    forget();
    scope.abort('over');
    expect(told).toEqual([['second', 'over']]);
  });

  it('is told by its signal where there is nothing else', () => {
    const controller = new AbortController();
    const told: unknown[] = [];
    const forget = listenForAbort(controller, (reason) => told.push(['first', reason]));
    listenForAbort(controller, (reason) => told.push(['second', reason]));
    forget();
    controller.abort('over');
    expect(told).toEqual([['second', 'over']]);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });
});
