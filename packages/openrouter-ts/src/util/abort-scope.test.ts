import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { AbortScope } from './abort-scope.ts';

describe('a scope', () => {
  it('has not ended and has no reason while nobody ends it', () => {
    const scope = new AbortScope();
    expect(scope.aborted).toBe(false);
    expect(scope.reason).toBeUndefined();
    expect(() => {
      scope.throwIfAborted();
    }).not.toThrow();
  });

  it('keeps the reason of the first end', () => {
    const scope = new AbortScope();
    const first = new Error('first');
    scope.abort(first);
    scope.abort(new Error('second'));
    expect(scope.aborted).toBe(true);
    expect(scope.reason).toBe(first);
  });

  it.each([[undefined], [null], ['text']])('takes any reason, even %j, and throws the very same', (reason) => {
    const scope = new AbortScope();
    scope.abort(reason);
    const thrown: unknown[] = [];
    try {
      scope.throwIfAborted();
    } catch (error) {
      thrown.push(error);
    }
    expect(thrown).toEqual([reason]);
  });
});

describe('who asked to be told of the end', () => {
  it('is told once, with the reason, in the order of asking', () => {
    const scope = new AbortScope();
    const told: unknown[] = [];
    scope.onAbort((reason) => told.push(['first', reason]));
    scope.onAbort((reason) => told.push(['second', reason]));
    scope.abort('over');
    scope.abort('again');
    expect(told).toEqual([
      ['first', 'over'],
      ['second', 'over'],
    ]);
  });

  it('is told at once when the scope has ended before', () => {
    const scope = new AbortScope();
    scope.abort('over');
    const told: unknown[] = [];
    const takeBack = scope.onAbort((reason) => told.push(reason));
    expect(told).toEqual(['over']);
    expect(takeBack).not.toThrow();
  });

  it('is not told after taking it back, and others still are', () => {
    const scope = new AbortScope();
    const told: string[] = [];
    scope.onAbort(() => told.push('first'));
    const takeBack = scope.onAbort(() => told.push('second'));
    scope.onAbort(() => told.push('third'));
    takeBack();
    takeBack();
    scope.abort('over');
    expect(told).toEqual(['first', 'third']);
  });

  it('is not told once the work is over', () => {
    const scope = new AbortScope();
    const told: unknown[] = [];
    scope.onAbort((reason) => told.push(reason));
    scope.release();
    scope.abort('over');
    expect(told).toEqual([]);
    expect(scope.aborted).toBe(true);
  });
});

describe('a scope with a parent', () => {
  it('ends with its parent, for the same reason', () => {
    const parent = new AbortScope();
    const child = new AbortScope(parent);
    const grandchild = new AbortScope(child);
    parent.abort('over');
    expect([child.aborted, child.reason]).toEqual([true, 'over']);
    expect([grandchild.aborted, grandchild.reason]).toEqual([true, 'over']);
  });

  it('ends with a signal, for the same reason', () => {
    const controller = new AbortController();
    const scope = new AbortScope(controller.signal);
    expect(scope.aborted).toBe(false);
    controller.abort('over');
    expect([scope.aborted, scope.reason]).toEqual([true, 'over']);
  });

  it.each([
    [
      'scope',
      (): AbortScope => {
        const ended = new AbortScope();
        ended.abort('over');
        return ended;
      },
    ],
    ['signal', (): AbortSignal => AbortSignal.abort('over')],
  ])('has ended from the beginning where its %s has', (_what, ended) => {
    const scope = new AbortScope(ended());
    expect([scope.aborted, scope.reason]).toEqual([true, 'over']);
  });

  it('ends with its parent although that releases it when it is over', () => {
    const parent = new AbortScope();
    const child = new AbortScope(parent);
    const told: unknown[] = [];
    child.onAbort((reason) => told.push(reason));
    parent.defer(() => {
      child.release();
    });
    parent.abort('over');
    expect(child.aborted).toBe(true);
    expect(told).toEqual(['over']);
  });

  it('does not end its parent', () => {
    const parent = new AbortScope();
    const controller = new AbortController();
    new AbortScope(parent).abort('over');
    new AbortScope(controller.signal).abort('over');
    expect(parent.aborted).toBe(false);
    expect(controller.signal.aborted).toBe(false);
  });

  it('does not follow its parent any more once it is released', () => {
    const parent = new AbortScope();
    const child = new AbortScope(parent);
    child.release();
    parent.abort('over');
    expect(child.aborted).toBe(false);
  });

  it.each([
    [
      'is released',
      (scope: AbortScope): void => {
        scope.release();
      },
    ],
    [
      'has ended',
      (scope: AbortScope): void => {
        scope.abort('over');
      },
    ],
  ])('leaves no listener on a signal when it %s', (_when, end) => {
    const { signal } = new AbortController();
    const scope = new AbortScope(signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    end(scope);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('the signal of a scope', () => {
  it('is always the same one', () => {
    const scope = new AbortScope();
    expect(scope.signal).toBe(scope.signal);
  });

  it('aborts with the scope, for the same reason', () => {
    const scope = new AbortScope();
    const { signal } = scope;
    expect(signal.aborted).toBe(false);
    scope.abort('over');
    expect([signal.aborted, signal.reason]).toEqual([true, 'over']);
  });

  it('has aborted from the beginning where the scope has ended', () => {
    const scope = new AbortScope();
    scope.abort('over');
    expect([scope.signal.aborted, scope.signal.reason]).toEqual([true, 'over']);
  });
});

describe('what is left to be done when a scope is over', () => {
  it.each([
    [
      'by its release',
      (scope: AbortScope): void => {
        scope.release();
      },
    ],
    [
      'by its end',
      (scope: AbortScope): void => {
        scope.abort('over');
      },
    ],
  ])('is done once, %s', (_how, end) => {
    const scope = new AbortScope();
    const done: string[] = [];
    scope.defer(() => done.push('first'));
    scope.defer(() => done.push('second'));
    expect(done).toEqual([]);
    end(scope);
    scope.release();
    scope.abort('again');
    expect(done).toEqual(['first', 'second']);
  });
});

describe('scopes below one that is over', () => {
  it('are over too, and deaf to an end that comes later', () => {
    const parent = new AbortScope();
    const [child, grandchild] = [new AbortScope(parent), new AbortScope(new AbortScope(parent))];
    const done: string[] = [];
    child.defer(() => done.push('child'));
    grandchild.defer(() => done.push('grandchild'));
    parent.release();
    expect(done).toEqual(['child', 'grandchild']);
    parent.abort('over');
    expect([child.aborted, grandchild.aborted]).toEqual([false, false]);
  });

  it('are all told of an end, though each leaves when it hears of it', () => {
    const parent = new AbortScope();
    const children = [new AbortScope(parent), new AbortScope(parent), new AbortScope(parent)];
    parent.abort('over');
    expect(children.map(({ reason }) => reason)).toEqual(['over', 'over', 'over']);
  });

  it('are told before those who listen to the one above', () => {
    const parent = new AbortScope();
    const told: string[] = [];
    parent.onAbort(() => told.push('parent'));
    new AbortScope(parent).onAbort(() => told.push('child'));
    parent.abort('over');
    expect(told).toEqual(['child', 'parent']);
  });

  it('take nobody along who left before', () => {
    const parent = new AbortScope();
    const [first, second] = [new AbortScope(parent), new AbortScope(parent)];
    first.release();
    first.release();
    parent.abort('over');
    expect([first.aborted, second.aborted]).toEqual([false, true]);
  });
});

describe('who listens to the end of a scope', () => {
  it('does not make the next one miss it by taking the request back', () => {
    const scope = new AbortScope();
    const told: string[] = [];
    const takeBack = scope.onAbort(() => {
      told.push('first');
      takeBack();
    });
    scope.onAbort(() => told.push('second'));
    scope.abort('over');
    expect(told).toEqual(['first', 'second']);
  });

  it('is told at once when it asks while others are told', () => {
    const scope = new AbortScope();
    const told: unknown[] = [];
    scope.onAbort(() => {
      scope.onAbort((reason) => told.push(reason));
      told.push('first');
    });
    scope.abort('over');
    expect(told).toEqual(['over', 'first']);
  });
});
