import type { Usage } from 'openrouter-ts';
import { costOf, describeCost } from '../money/cost.ts';
import { groupDigits } from '../money/group-digits.ts';
import { foreignText } from '../terminal/foreign-text.ts';

/** What there is to say about an answer. */
export interface FooterFacts {
  readonly usage: Usage | undefined;
  readonly elapsedMs: number;
  readonly provider: string | undefined;
  /** Whether no model was asked at all. */
  readonly isSimulated: boolean;
  /** In a chat: what all answers have cost so far. */
  readonly session: string | undefined;
}

/**
 * Writes the line under an answer: tokens, the real cost, the time, and who answered.
 *
 * @param facts - what there is to say
 * @param separator - what stands between two facts
 * @param columns - the width of the terminal; where it is narrow, the least important facts are left out. Default: no limit
 * @returns the line
 */
export function footer(facts: FooterFacts, separator: string, columns: number = Number.POSITIVE_INFINITY): string {
  const levels = [0, 1, 2, 3, 4].map((level) => fieldsOf(facts, level).join(separator));
  return levels.find((line) => line.length <= columns) ?? levels.at(-1) ?? '';
}

/** Each level leaves out one more fact: the provider, the speed, the details of the tokens, the time. */
function fieldsOf(facts: FooterFacts, level: number): readonly string[] {
  const { usage, elapsedMs, provider, isSimulated, session } = facts;
  const fields = [
    ...(usage === undefined ? [] : tokenFields(usage, level < 3)),
    describeCost(costOf(usage)),
    ...(level < 4 ? [describeTime(elapsedMs)] : []),
    ...(level < 2 ? speedField(usage, elapsedMs) : []),
    ...(level < 1 && provider !== undefined ? [foreignText(provider, 40)] : []),
    ...(isSimulated ? ['simulated'] : []),
    ...(session === undefined ? [] : [`session ${session}`]),
  ];
  return fields;
}

function tokenFields(usage: Usage, inDetail: boolean): readonly string[] {
  const cached = usage.prompt_tokens_details?.cached_tokens ?? 0;
  const thinking = usage.completion_tokens_details?.reasoning_tokens ?? 0;
  const aside = (count: number, what: string): string =>
    inDetail && count > 0 ? ` (${groupDigits(count)} ${what})` : '';
  return [
    `${groupDigits(usage.prompt_tokens)} in${aside(cached, 'cached')}`,
    `${groupDigits(usage.completion_tokens)} out${aside(thinking, 'thinking')}`,
  ];
}

function describeTime(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function speedField(usage: Usage | undefined, elapsedMs: number): readonly string[] {
  const perSecond = ((usage?.completion_tokens ?? 0) / elapsedMs) * 1000;
  if (!Number.isFinite(perSecond) || perSecond === 0) return [];
  return [`${perSecond < 10 ? perSecond.toFixed(1) : groupDigits(Math.round(perSecond))} tok/s`];
}
