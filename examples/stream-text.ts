import { OpenRouter } from 'openrouter-ts';

const client = new OpenRouter();

// #region read
const stream = await client.chat.stream({
  model: 'openai/gpt-4o-mini',
  messages: [{ role: 'user', content: 'Tell me a short story about a lighthouse.' }],
});

for await (const text of stream.textDeltas()) process.stdout.write(text);

const { usage } = await stream.completion(); // the whole answer, in the shape that chat.create gives
console.log('\nCost in USD:', usage?.cost);
// #endregion
