import { describe, expect, it } from 'vitest';
import { footer, type FooterFacts } from './footer.ts';

const full: FooterFacts = {
  usage: {
    prompt_tokens: 1204,
    completion_tokens: 356,
    total_tokens: 1560,
    cost: 0.0089,
    prompt_tokens_details: { cached_tokens: 900 },
    completion_tokens_details: { reasoning_tokens: 120 },
  },
  elapsedMs: 4200,
  provider: 'Anthropic',
  isSimulated: false,
  session: undefined,
};

describe('the footer', () => {
  it('tells tokens, cost, time, speed and provider', () => {
    const line = '1,204 in (900 cached) · 356 out (120 thinking) · $0.0089 · 4.2 s · 85 tok/s · Anthropic';
    expect(footer(full, ' · ')).toBe(line);
  });

  it.each([
    [88, '1,204 in (900 cached) · 356 out (120 thinking) · $0.0089 · 4.2 s · 85 tok/s · Anthropic'],
    [80, '1,204 in (900 cached) · 356 out (120 thinking) · $0.0089 · 4.2 s · 85 tok/s'],
    [70, '1,204 in (900 cached) · 356 out (120 thinking) · $0.0089 · 4.2 s'],
    [50, '1,204 in · 356 out · $0.0089 · 4.2 s'],
    [30, '1,204 in · 356 out · $0.0089'],
    [5, '1,204 in · 356 out · $0.0089'],
  ])('leaves out the least important in %s columns', (columns, line) => {
    expect(footer(full, ' · ', columns)).toBe(line);
  });

  it("tells the session's total and that it is simulated, however narrow it is", () => {
    const facts = { ...full, isSimulated: true, session: '$0.0123' };
    expect(footer(facts, ' · ', 1)).toBe('1,204 in · 356 out · $0.0089 · simulated · session $0.0123');
  });

  it('tells what it knows without usage', () => {
    expect(footer({ ...full, usage: undefined, provider: undefined }, ' | ')).toBe('cost unknown | 4.2 s');
  });

  it.each([
    [0, '0.0 s'],
    [59_900, '59.9 s'],
    [59_960, '1 min 0 s'],
    [125_400, '2 min 5 s'],
  ])('writes %s ms as %s', (elapsedMs, text) => {
    expect(footer({ ...full, usage: undefined, provider: undefined, elapsedMs }, ' · ')).toBe(`cost unknown · ${text}`);
  });

  it('writes a slow speed with a place behind the point', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 3, total_tokens: 4, cost: 0 };
    const facts = { ...full, usage, provider: undefined, elapsedMs: 2000 };
    expect(footer(facts, ' · ')).toBe('1 in · 3 out · free · 2.0 s · 1.5 tok/s');
  });

  it('lets nothing of a provider command the terminal', () => {
    expect(footer({ ...full, usage: undefined, provider: 'Evil\x1b]0;t\x07\n' }, ' · ')).toBe(
      'cost unknown · 4.2 s · Evil',
    );
  });
});
