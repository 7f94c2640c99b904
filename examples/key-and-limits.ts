import { OpenRouter } from 'openrouter-ts';

// #region limits
const client = new OpenRouter({
  maxConcurrency: 8, // requests under way at once; a stream is until it ends
  rateLimit: { requestsPerMinute: 300 }, // what you know beforehand; other limits are learned from refusals
});

const key = await client.key.get();
console.log('Spent with this key:', key.usage, 'USD; left:', key.limit_remaining ?? 'no limit');

await client.chat.create({
  model: 'openai/gpt-oss-20b:free',
  messages: [{ role: 'user', content: 'Say hello.' }],
});

const { last, throttles } = client.rateLimit;
if (last) console.log('Last told of a limit:', last.scope, last.remaining, 'of', last.limit, 'left');
for (const { of, perSecond, waiting } of throttles) console.log(`${of}: ${perSecond.toFixed(2)}/s, ${waiting} waiting`);
// #endregion

// #region low
const stop = await client.limits.onLow({ creditBelowUsd: 1, freeRequestsBelow: 10 }, ({ type, remaining, below }) => {
  console.log(`${type}: ${remaining} left, less than ${below}`);
});

const { creditUsd, freeRequests } = await client.limits.refresh(); // asks OpenRouter; report() says what is known
console.log('Credit:', creditUsd?.remaining ?? 'not limited, or not known');
console.log('Free requests of today:', freeRequests.remaining, 'told', freeRequests.ageMs, 'ms ago');
stop();
// #endregion
