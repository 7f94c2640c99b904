import { describe, expect, it } from 'vitest';
import type { ChatCompletion, ResponseWarning } from 'openrouter-ts';
import { exitCode } from '../exit-code.ts';
import { explainNoText, notesOnAnswer } from './notes-on-answer.ts';

function answer(message: object, finish_reason = 'stop'): ChatCompletion {
  const choice = { index: 0, message: { role: 'assistant' as const, content: null, ...message }, finish_reason };
  return { id: 'gen-1', object: 'chat.completion', created: 0, model: 'a/b', choices: [choice] };
}

describe('the notes', () => {
  it.each<[reason: string, warnings: ResponseWarning[], notes: RegExp[]]>([
    ['stop', [], []],
    ['length', [], [/Cut off: the answer had reached the longest/]],
    ['content_filter', [], [/content filter/]],
    ['stop', ['finish-missing'], [/did not say why it stopped/]],
    ['stop', ['usage-missing'], []],
  ])('on %s with %j', (reason, warnings, notes) => {
    const said = notesOnAnswer(answer({ content: 'Hi' }, reason), warnings);
    expect(said).toHaveLength(notes.length);
    for (const [index, note] of notes.entries()) expect(said[index]).toMatch(note);
  });
});

describe('an answer without text', () => {
  it.each<[name: string, completion: ChatCompletion, what: string | undefined, code: number | undefined]>([
    ['is none when there is text', answer({ content: 'Hi' }), undefined, undefined],
    ['may be a refusal', answer({ refusal: 'No.' }), 'The model refused.', exitCode.inputRejected],
    [
      'may be an image',
      answer({ images: [{}] }),
      'The answer is an image, which orc cannot show.',
      exitCode.upstreamFailed,
    ],
    [
      'may be images',
      answer({ images: [{}, {}] }),
      'The answer is 2 images, which orc cannot show.',
      exitCode.upstreamFailed,
    ],
    ['may be nothing', answer({ content: '' }), 'The model returned nothing.', exitCode.upstreamFailed],
    [
      'may have no message at all',
      { ...answer({}), choices: [] },
      'The model returned nothing.',
      exitCode.upstreamFailed,
    ],
  ])('%s', (_, completion, what, code) => {
    expect(explainNoText(completion)?.what).toBe(what);
    expect(explainNoText(completion)?.exitCode).toBe(code);
  });

  it('may have spent everything on thinking', () => {
    expect(explainNoText(answer({}, 'length'))?.why).toBe('All it may say was spent on thinking.');
  });
});
