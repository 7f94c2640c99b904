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
export type Channels = readonly { readonly type: CallEvent['type']; readonly channel: Channel }[];

/**
 * Opens the channels.
 *
 * @param find - the runtime's channels, if it has any
 * @returns all of them; none where the runtime has none
 */
export function openChannels(find: FindChannel | undefined): Channels {
  return find === undefined ? [] : types.map((type) => ({ type, channel: find(`openrouter.${type}`) }));
}

/**
 * Asks whether anybody listens.
 *
 * @param channels - to any of these
 * @returns true when somebody does
 */
export function haveSubscribers(channels: Channels): boolean {
  return channels.some(({ channel }) => channel.hasSubscribers);
}
