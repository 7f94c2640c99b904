import { OpenRouter } from 'openrouter-ts';

// #region attribution
const client = new OpenRouter({
  siteUrl: 'https://app.example.com', // HTTP-Referer
  siteName: 'Example App', // X-Title and X-OpenRouter-Title
  categories: ['general-chat'], // X-OpenRouter-Categories
});
// #endregion

const answer = await client.chat.create({
  model: 'openai/gpt-4o-mini',
  messages: [{ role: 'user', content: 'Who is asking?' }],
});

console.log(answer.choices[0]?.message.content);
