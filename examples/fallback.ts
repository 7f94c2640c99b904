import { OpenRouter } from 'openrouter-ts';

// #region fallback
const client = new OpenRouter({
  fallbackModels: ['anthropic/claude-haiku-4.5', 'google/gemini-2.5-flash'], // for every call, in this order
});

const { data, response } = await client.chat
  .create(
    {
      model: 'openai/gpt-4o-mini',
      messages: [{ role: 'user', content: 'Say hello.' }],
    },
    { maxRetries: 1 }, // for each model; a call can also name its own fallbackModels
  )
  .withResponse();

console.log(data.choices[0]?.message.content);
console.log('Answered by', data.model);
console.log('Asked:', response.attempts.map(({ model, status }) => `${model} (${status})`).join(', '));
// #endregion
