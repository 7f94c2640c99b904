import type { Screen, Surroundings } from './surroundings.ts';

/** Puts colour around a text, or leaves it as it is. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/**
 * Chooses colours for a stream: on a terminal, unless `NO_COLOR` is set or the terminal is dumb; `FORCE_COLOR` wants them everywhere.
 *
 * @param screen - where the text goes
 * @param env - the environment
 * @returns the style
 */
export function styleFor(screen: Screen, env: Surroundings['env']): Style {
  const on = hasColors(screen, env);
  const paint = (open: number, close: number) => (text: string) =>
    on && text !== '' ? `\x1b[${open}m${text}\x1b[${close}m` : text;
  return { bold: paint(1, 22), dim: paint(2, 22), red: paint(31, 39), yellow: paint(33, 39), cyan: paint(36, 39) };
}

function hasColors(screen: Screen, env: Surroundings['env']): boolean {
  if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return screen.isTTY === true;
}
