import type { Surroundings } from './surroundings.ts';

/** The signs beside letters and digits. */
export interface Symbols {
  readonly prompt: string;
  readonly separator: string;
  readonly ellipsis: string;
  readonly arrow: string;
}

const unicode: Symbols = { prompt: '❯', separator: ' · ', ellipsis: '…', arrow: '→' };
const ascii: Symbols = { prompt: '>', separator: ' | ', ellipsis: '...', arrow: '->' };

/**
 * Chooses signs that the terminal can show.
 *
 * @param env - the environment; a locale that says that it is not UTF-8 gets ASCII
 * @returns the signs
 */
export function symbolsFor(env: Surroundings['env']): Symbols {
  if (env['TERM'] === 'linux' || env['TERM'] === 'dumb') return ascii;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return locale === undefined || /utf-?8/i.test(locale) ? unicode : ascii;
}
