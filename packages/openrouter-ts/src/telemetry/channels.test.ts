import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it, onTestFinished } from 'vitest';
import { haveSubscribers, openChannels } from './channels.ts';
import type { CallEvent } from './events.ts';

const event: CallEvent = { call: 1, operation: 'GET /models', type: 'attempt', attempt: 1, model: undefined };

describe('the channels', () => {
  it('are none where the runtime has none', () => {
    const channels = openChannels(undefined);
    expect(haveSubscribers(channels)).toBe(false);
    expect(channels).toEqual([]);
  });

  it('are one for each type of event', () => {
    const names: string[] = [];
    const channels = openChannels((name) => {
      names.push(name);
      return { hasSubscribers: false, publish: () => undefined };
    });
    expect(names).toEqual(
      ['request', 'attempt', 'retry', 'fallback', 'first-token', 'finish', 'error'].map((type) => `openrouter.${type}`),
    );
    expect(haveSubscribers(channels)).toBe(false);
  });

  it("are the runtime's own, and whoever listens to one hears of that", () => {
    const channels = openChannels((name) => channel(name));
    const heard: unknown[] = [];
    const listener = (message: unknown): void => void heard.push(message);
    subscribe('openrouter.attempt', listener);
    onTestFinished(() => void unsubscribe('openrouter.attempt', listener));
    expect(haveSubscribers(channels)).toBe(true);
    for (const { channel } of channels) channel.publish(event);
    expect(heard).toEqual([event]);
    unsubscribe('openrouter.attempt', listener);
    expect(haveSubscribers(channels)).toBe(false);
  });
});
