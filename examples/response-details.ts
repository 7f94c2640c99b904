import { OpenRouter } from 'openrouter-ts';

const client = new OpenRouter();

// #region details
const { data, response } = await client.chat
  .create({
    model: 'openai/gpt-4o-mini',
    messages: [{ role: 'user', content: 'Say hello.' }],
  })
  .withResponse();

console.log(data.choices[0]?.message.content);
console.log(response.status, response.generationId, response.headers['content-type']);
console.log('Requests made:', response.attempts.length);
// #endregion
