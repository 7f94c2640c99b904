import { describe, expect, it } from 'vitest';
import { scriptedAttempt } from '../../tests/support/read-context.ts';
import { readText } from './read-text.ts';

describe('readText', () => {
  it('gives the text as it came, settled at once', async () => {
    const { body, response, context } = scriptedAttempt({ stream: false });
    body.send('<rss/>').end();
    const outcome = await readText(response, context);
    expect(outcome.value).toBe('<rss/>');
    expect(outcome.response).toMatchObject({ status: 200, attempts: [], warnings: [], generationId: undefined });
    await expect(outcome.settled).resolves.toEqual({ generationId: undefined });
  });
});
