import { describe, expect, it } from 'vitest';
import { scriptedAttempt } from '../../tests/support/read-context.ts';
import type { Attempt } from '../errors/attempt.ts';
import { ResponseFormatError } from '../errors/response-format-error.ts';
import type { ReadContext } from './read-context.ts';
import { readData, readRecord } from './read-data.ts';
import type { TransportResponse } from './transport.ts';

const attempts: readonly Attempt[] = [{ number: 1, startedAt: 0, durationMs: 1 }];

function answered(text: string): [TransportResponse, ReadContext] {
  const { body, response, context } = scriptedAttempt({ stream: false, attempts });
  body.send(text).end();
  return [response, context];
}

describe('readRecord', () => {
  it('gives the answer as it came, settled at once', async () => {
    const outcome = await readRecord(...answered('{"data":[1],"new":true}'));
    expect(outcome.value).toEqual({ data: [1], new: true });
    expect(outcome.response).toMatchObject({ status: 200, attempts, warnings: [], generationId: undefined });
    await expect(outcome.settled).resolves.toEqual({ generationId: undefined });
  });

  it('raises the failure inside a success', async () => {
    await expect(readRecord(...answered('{"error":{"code":404,"message":"No"}}'))).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('readData', () => {
  it('takes out what is in `data`, with everything that is in it', async () => {
    const outcome = await readData(...answered('{"data":{"id":"a","new":null},"links":{}}'));
    expect(outcome.value).toEqual({ id: 'a', new: null });
  });

  it.each(['{}', '{"data":null}', '{"data":[]}', '{"data":"text"}'])('does not call %s an answer', async (text) => {
    const failure = readData(...answered(text));
    await expect(failure).rejects.toBeInstanceOf(ResponseFormatError);
    await expect(failure).rejects.toMatchObject({ failure: 'no-answer', status: 200, retryable: false });
  });
});
