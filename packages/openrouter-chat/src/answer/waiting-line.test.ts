import { FakeClock } from 'openrouter-ts/testing';
import { describe, expect, it } from 'vitest';
import { fakeSurroundings } from '../../tests/support/fake-surroundings.ts';
import { RateLimitError } from 'openrouter-ts';
import { RetryNews, type Retrying } from './retry-news.ts';
import { showWaiting } from './waiting-line.ts';

const env = { NO_COLOR: '1' };
const place = { command: 'chat', model: 'a/b', baseUrl: undefined } as const;
const refusal = new RateLimitError('Too many.', { status: 429, scope: 'model-minute', retryable: true });

function tell({ hooks }: RetryNews, news: Retrying): void {
  hooks.onRetry?.({ ...news, type: 'retry', attempt: 1, hinted: true, call: 1, operation: 'POST /chat/completions' });
}

describe('the waiting line', () => {
  it('says who is waited for and how long, and leaves no trace', async () => {
    const clock = new FakeClock();
    const { surroundings, stderr } = fakeSurroundings({ clock, env, terminal: { stderr: true } });
    const stop = showWaiting(surroundings, { ...place, model: 'a/b\x1b[2J' }, new RetryNews());
    await clock.advance(399);
    expect(stderr()).toBe('');
    await clock.advance(2001);
    const erase = '\r\x1b[K';
    const first = `${erase}waiting for a/b… (Ctrl-C to stop)`;
    expect(stderr()).toBe(
      `${first}${erase}waiting for a/b… 1 s (Ctrl-C to stop)${erase}waiting for a/b… 2 s (Ctrl-C to stop)`,
    );
    stop();
    stop();
    await clock.advance(5000);
    expect(stderr().slice(first.length)).toMatch(/stop\)\r\x1b\[K$/); // oxlint-disable-line no-control-regex -- it is what erases the line
    expect(clock.pendingTimers).toBe(0);
  });

  it('says nothing when the answer comes at once', async () => {
    const clock = new FakeClock();
    const { surroundings, stderr } = fakeSurroundings({ clock, env, terminal: { stderr: true } });
    showWaiting(surroundings, place, new RetryNews())();
    await clock.advance(5000);
    expect(stderr()).toBe('');
  });

  it('never fills the last column, so that it can be erased', async () => {
    const clock = new FakeClock();
    const { surroundings, stderr } = fakeSurroundings({ clock, env, terminal: { stderr: true, columns: 12 } });
    const stop = showWaiting(surroundings, place, new RetryNews());
    await clock.advance(400);
    expect(stderr()).toBe('\r\x1b[Kwaiting for');
    stop();
  });

  it('says why the client tries again, and counts down', async () => {
    const clock = new FakeClock();
    const { surroundings, stderr } = fakeSurroundings({ clock, env, terminal: { stderr: true, columns: 120 } });
    const retries = new RetryNews();
    const stop = showWaiting(surroundings, place, retries);
    await clock.advance(100);
    tell(retries, { error: refusal, waitMs: 2_500 });
    await clock.advance(3_000);
    const why = 'Too many requests to a/b in this minute.';
    expect(stderr().split('\r\x1b[K').slice(1)).toEqual([
      `trying again in 3 s (Ctrl-C to stop): ${why}`,
      `trying again in 2 s (Ctrl-C to stop): ${why}`,
      `trying again in 1 s (Ctrl-C to stop): ${why}`,
      'waiting for a/b… 3 s (Ctrl-C to stop)',
    ]);
    stop();
    tell(retries, { error: refusal, waitMs: 2_500 });
    await clock.advance(5_000);
    expect(stderr()).toMatch(/stop\)\r\x1b\[K$/); // oxlint-disable-line no-control-regex -- it is what erases the line
    expect(clock.pendingTimers).toBe(0);
  });

  it('says in a pipe only why the client waits long before it tries again', () => {
    const { surroundings, stderr } = fakeSurroundings({ clock: new FakeClock(), env, terminal: { stderr: false } });
    const retries = new RetryNews();
    const stop = showWaiting(surroundings, place, retries);
    tell(retries, { error: refusal, waitMs: 999 });
    expect(stderr()).toBe('');
    tell(retries, { error: refusal, waitMs: 37_001 });
    expect(stderr()).toBe('Too many requests to a/b in this minute. Trying again in 38 s…\n');
    stop();
    tell(retries, { error: refusal, waitMs: 37_001 });
    expect(stderr()).toMatch(/^[^\n]+\n$/);
  });

  it.each([
    ['in a pipe', false, env],
    ['on a dumb terminal', true, { TERM: 'dumb' }],
  ])('is not shown %s', async (_, isTTY, where) => {
    const clock = new FakeClock();
    const { surroundings, stderr } = fakeSurroundings({ clock, env: where, terminal: { stderr: isTTY } });
    const stop = showWaiting(surroundings, place, new RetryNews());
    await clock.advance(5000);
    stop();
    expect(stderr()).toBe('');
  });
});
