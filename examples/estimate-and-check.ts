import { OpenRouter, type ChatRequest } from 'openrouter-ts';

const client = new OpenRouter();

// #region estimate
const request: ChatRequest = {
  model: 'openai/gpt-5-mini',
  messages: [{ role: 'user', content: 'Sum up: the tide comes, the tide goes.' }],
  max_tokens: 500,
  top_k: 40,
};

for (const { severity, path, message } of await client.check(request)) {
  console.log(`${severity}: ${path}: ${message}`); // refused, dropped or warning; the worst first
}

const estimate = await client.estimate(request);
if (estimate.type === 'known') {
  console.log(`Likely $${estimate.likelyUsd}, at least $${estimate.lowUsd}, at most $${estimate.highUsd}`);
}
for (const { message } of estimate.restsOn) console.log('-', message);
// #endregion

const answer = await client.chat.create(request);
console.log(`It cost $${answer.usage?.cost}.`);
