import { describe, expect, it } from 'vitest';
import { readData, readRecord } from '../http/read-data.ts';
import type { Call } from '../pipeline/call.ts';
import type { Operation, RequestOptions } from '../pipeline/operation.ts';
import { pendingCall } from '../pipeline/pending-call.ts';
import { accountActivity } from './activity.ts';
import { accountCredits } from './credits.ts';
import { currentKey } from './key.ts';

interface Made {
  readonly operation: Operation<unknown>;
  readonly options: RequestOptions | undefined;
}

function setup(): { readonly made: Made[]; readonly call: Call } {
  const made: Made[] = [];
  return {
    made,
    call: (operation, options) => {
      made.push({ operation, options });
      return pendingCall(new Promise(() => undefined));
    },
  };
}

const options: RequestOptions = { timeoutMs: 5 };

describe('the endpoints of the account', () => {
  it('ask about the key', () => {
    const { made, call } = setup();
    void currentKey(call).get(options);
    expect(made).toEqual([{ operation: { method: 'GET', path: '/key', read: readData }, options }]);
  });

  it('ask about the credits', () => {
    const { made, call } = setup();
    void accountCredits(call).get(options);
    expect(made).toEqual([{ operation: { method: 'GET', path: '/credits', read: readData }, options }]);
  });

  it('ask about the activity, of whatever is said', () => {
    const { made, call } = setup();
    const query = { date: '2026-08-15', group_by: 'workspace' } as const;
    void accountActivity(call).list(query, options);
    void accountActivity(call).list();
    const operation = { method: 'GET', path: '/activity', read: readRecord };
    expect(made).toEqual([
      { operation: { ...operation, query: '?date=2026-08-15&group_by=workspace' }, options },
      { operation: { ...operation, query: '' }, options: undefined },
    ]);
  });
});
