import type { CallEvent } from './events.ts';

/** A channel of `node:diagnostics_channel`, as far as it is used. */
export interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

/** Finds a channel by its name, where the runtime has them. */
export type FindChannel = (name: string) => Channel;

const types: readonly CallEvent['type'][] = [
  'request',
  'attempt',
  'retry',
  'fallback',
  'first-token',
  'finish',
  'error',
];

/** The channels of all clients: one for each type of event, named `openrouter.` and the type. */
export class Channels {
  readonly #channels: readonly { readonly type: CallEvent['type']; readonly channel: Channel }[];

  /** @param find - the runtime's channels, if it has any */
  constructor(find: FindChannel | undefined) {
    this.#channels = find === undefined ? [] : types.map((type) => ({ type, channel: find(`openrouter.${type}`) }));
  }

  /** Whether anybody listens to any of them. */
  get hasSubscribers(): boolean {
    for (const { channel } of this.#channels) if (channel.hasSubscribers) return true;
    return false;
  }

  /**
   * Publishes an event for whoever listens to its type.
   *
   * @param event - what happened
   */
  publish(event: CallEvent): void {
    for (const { type, channel } of this.#channels) if (type === event.type) channel.publish(event);
  }
}
