import { expect, it } from 'vitest';
import { Conversation } from './conversation.ts';

const answer = (content: string) =>
  ({ role: 'assistant', content, reasoning_details: [{ type: 'reasoning.text', text: 'Hm' }] }) as const;
const question = (text: string, replacesLast = false) => ({ text, replacesLast });

it('sends what was said, and the question after it', () => {
  const conversation = new Conversation();
  conversation.add(question('One?'), answer('One.'));
  expect(conversation.messagesWith(question('Two?'))).toEqual([
    { role: 'user', content: 'One?' },
    answer('One.'),
    { role: 'user', content: 'Two?' },
  ]);
  expect(conversation.length).toBe(2);
});

it('asks again in the place of the last question, and keeps its answer until there is a new one', () => {
  const conversation = new Conversation();
  conversation.add(question('One?'), answer('One.'));
  expect(conversation.messagesWith(question('One?', true))).toEqual([{ role: 'user', content: 'One?' }]);
  expect(conversation.length).toBe(2);
  conversation.add(question('One?', true), answer('Uno.'));
  expect(conversation.messagesWith(question('Two?'))[1]).toEqual(answer('Uno.'));
});

it('knows the last question, until everything is forgotten', () => {
  const conversation = new Conversation();
  expect(conversation.lastQuestion).toBeUndefined();
  conversation.add(question('One?'), answer('One.'));
  expect(conversation.lastQuestion).toBe('One?');
  conversation.clear();
  expect([conversation.lastQuestion, conversation.length]).toEqual([undefined, 0]);
});
