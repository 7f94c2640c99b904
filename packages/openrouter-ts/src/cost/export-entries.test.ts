import { describe, expect, it } from 'vitest';
import { newEntry, usd } from '../../tests/support/cost-entry.ts';
import { exportEntries } from './export-entries.ts';

const at = Date.UTC(2026, 7, 1);
const usage = { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 };
const whole = {
  ...newEntry({
    model: 'a/b',
    provider: 'One',
    tag: 'chat',
    session: 's',
    generationId: 'gen-1',
    usage,
    usd: usd('1e-7'),
  }),
  number: 1,
  at,
};
const unknown = { ...newEntry({ unknown: 'aborted' }), number: 2, at };
const header = 'number,at,model,provider,tag,session,generation_id,prompt_tokens,completion_tokens,usd,unknown';

describe('exported as lines of JSON', () => {
  it('entries keep exact amounts, and say nothing of what is not known', () => {
    const lines = exportEntries([whole, unknown], 'jsonl').split('\n');
    expect(lines.slice(0, 2).map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        number: 1,
        at: '2026-08-01T00:00:00.000Z',
        model: 'a/b',
        provider: 'One',
        tag: 'chat',
        session: 's',
        generation_id: 'gen-1',
        prompt_tokens: 12,
        completion_tokens: 3,
        usd: '0.0000001',
      },
      { number: 2, at: '2026-08-01T00:00:00.000Z', unknown: 'aborted' },
    ]);
    expect(lines.slice(2)).toEqual(['']);
  });

  it('a name with line breaks stays on its line', () => {
    const text = exportEntries([{ ...whole, tag: 'a\nb' }], 'jsonl');
    expect(text.trimEnd().split('\n')).toHaveLength(1);
  });

  it('no entries are nothing', () => {
    expect(exportEntries([], 'jsonl')).toBe('');
  });
});

describe('exported as a table', () => {
  it('entries are below the names of the columns', () => {
    expect(exportEntries([whole, unknown], 'csv')).toBe(
      `${header}\n1,2026-08-01T00:00:00.000Z,a/b,One,chat,s,gen-1,12,3,0.0000001,\n2,2026-08-01T00:00:00.000Z,,,,,,,,,aborted\n`,
    );
  });

  it('no entries are the names alone', () => {
    expect(exportEntries([], 'csv')).toBe(`${header}\n`);
  });

  it.each([
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@sum', "'@sum"],
    ['\t=1', "'\t=1"],
    ['\n=1', `"'\n=1"`],
  ])('the name %j is one cell, and no formula', (tag, cell) => {
    expect(exportEntries([{ ...whole, tag }], 'csv')).toContain(`,One,${cell},s,`);
  });
});
