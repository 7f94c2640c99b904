import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { OpenRouter } from 'openrouter-ts';

// #region hooks
const client = new OpenRouter({
  hooks: {
    onRetry: ({ call, waitMs, error }) => {
      console.log(`Call ${call}: ${error.kind}; another try in ${Math.round(waitMs)} ms`);
    },
    onFallback: ({ from, to, by }) => {
      console.log(`${to} stands in for ${from}, says the ${by}`);
    },
    onFinish: ({ model, usage, attempts }) => {
      console.log(`${model}: ${attempts.length} requests, ${usage?.total_tokens} tokens, $${usage?.cost}`);
    },
    onError: ({ operation, error }) => {
      console.log(`${operation} failed:`, error);
    },
  },
});
// #endregion

const answer = await client.chat.create({
  model: 'openai/gpt-4o-mini',
  messages: [{ role: 'user', content: 'Say hello.' }],
});
console.log(answer.choices[0]?.message.content);

// #region channels
// For tools that watch a whole process: every client tells the same events, one channel for each.
const listener = (event: unknown): void => console.log('A call fails somewhere:', event);

subscribe('openrouter.error', listener);
await client.chat
  .create({ model: 'no/such-model', messages: [{ role: 'user', content: 'Hello?' }] })
  .catch(() => undefined);
unsubscribe('openrouter.error', listener);
// #endregion
