import { describe, expect, it } from 'vitest';
import { scriptedAttempt } from '../../tests/support/read-context.ts';
import { ResponseFormatError } from '../errors/response-format-error.ts';
import { readList } from './read-list.ts';

function read(text: string): ReturnType<typeof readList> {
  const { body, response, context } = scriptedAttempt({ stream: false });
  body.send(text).end();
  return readList(response, context);
}

describe('readList', () => {
  it('gives the answer as it came', async () => {
    expect((await read('{"data":[{"id":1}],"links":{"next":null}}')).value).toEqual({
      data: [{ id: 1 }],
      links: { next: null },
    });
  });

  it.each(['{}', '{"data":{}}', '{"data":null}'])('does not call %s a list', async (text) => {
    const failure = read(text);
    await expect(failure).rejects.toBeInstanceOf(ResponseFormatError);
    await expect(failure).rejects.toMatchObject({ failure: 'no-answer' });
  });
});
