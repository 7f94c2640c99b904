import { OpenRouter } from 'openrouter-ts';

// #region fetch
const client = new OpenRouter({
  fetch: async (url, init) => {
    const response = await fetch(url, init);
    console.log(init.method, new URL(url).pathname, response.status);
    return response;
  },
});
// #endregion

const answer = await client.chat.create({
  model: 'openai/gpt-4o-mini',
  messages: [{ role: 'user', content: 'Hello?' }],
});

console.log(answer.choices[0]?.message.content);
