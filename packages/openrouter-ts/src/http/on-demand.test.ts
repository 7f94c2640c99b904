import { describe, expect, it } from 'vitest';
import { LoadError } from '../errors/load-error.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { missingParts, OnDemand, preload } from './on-demand.ts';

/** A part whose first loads fail. */
function aPart(fails = 0): { readonly part: OnDemand<string>; readonly loads: () => number } {
  let loads = 0;
  const part = new OnDemand('streaming', async () => {
    loads += 1;
    if (loads <= fails) throw new Error('no network');
    return 'part';
  });
  return { part, loads: () => loads };
}

describe('a part that is loaded on demand', () => {
  it('is not loaded before somebody asks, once for all of them, and handed out at once from then on', async () => {
    const { part, loads } = aPart();
    expect([part.loaded, loads()]).toEqual([undefined, 0]);
    expect(await Promise.all([part.load(), part.load(), part.use(async (it) => it)])).toEqual(['part', 'part', 'part']);
    expect([part.loaded, loads()]).toEqual(['part', 1]);
    let used = '';
    void part.use(async (it) => {
      used = it;
    });
    expect(used).toBe('part');
  });

  it('knows how many wait for it, until it is here or cannot be loaded', async () => {
    const { part } = aPart(1);
    const failed = Promise.allSettled([part.load(), part.load()]);
    expect(part.waiting).toBe(2);
    await failed;
    expect(part.waiting).toBe(0);
    const loading = part.use(async (it) => it);
    expect(part.waiting).toBe(1);
    await loading;
    await part.load();
    expect(part.waiting).toBe(0);
  });

  it('fails those who wait with what could not be loaded and why, and is loaded again for the next', async () => {
    const { part } = aPart(1);
    const failures = await Promise.all([part.load(), part.load()].map((load) => load.catch((error: unknown) => error)));
    expect(failures[0]).toBeInstanceOf(LoadError);
    expect(failures[0]).toMatchObject({
      message: expect.stringContaining('streaming'),
      kind: 'load',
      part: 'streaming',
      status: undefined,
      retryable: true,
      phase: 'unsent',
      billing: 'none',
      cause: new Error('no network'),
    });
    expect(failures[1]).toBe(failures[0]);
    expect(await part.load()).toBe('part');
  });

  it('is waited for no longer than somebody wants, and is there for the next', async () => {
    let arrive = (_part: string): void => undefined;
    const part = new OnDemand('streaming', () => new Promise<string>((resolve) => (arrive = resolve)));
    const scope = new AbortScope();
    const waiting = part.load(scope);
    scope.abort('enough');
    await expect(waiting).rejects.toBe('enough');
    await expect(part.load(AbortSignal.abort('never mind'))).rejects.toBe('never mind');
    arrive('part');
    expect(await part.load(new AbortController().signal)).toBe('part');
  });

  it('can be given by somebody who has it', async () => {
    const { part, loads } = aPart();
    part.provide('given');
    expect([part.loaded, await part.load(), loads()]).toEqual(['given', 'given', 0]);
  });
});

describe('preloading', () => {
  it('loads the parts that are named', async () => {
    const { part, loads } = aPart();
    await preload(['failover']);
    expect(loads()).toBe(0);
    expect(missingParts()).toContain('streaming');
    await preload(['streaming']);
    expect(part.loaded).toBe('part');
  });

  it('loads all of them when none is named, and says so when one cannot be loaded', async () => {
    const { part } = aPart(1);
    await expect(preload([])).rejects.toBeInstanceOf(LoadError);
    await preload([]);
    expect(part.loaded).toBe('part');
    expect(missingParts()).not.toContain('streaming');
  });
});
