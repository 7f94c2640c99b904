import { OpenRouter } from 'openrouter-ts';

const client = new OpenRouter(); // the key comes from OPENROUTER_API_KEY

const answer = await client.chat.create({
  model: 'openai/gpt-4o-mini',
  messages: [{ role: 'user', content: 'Why is the sky blue? One sentence, please.' }],
});

console.log(answer.choices[0]?.message.content);
console.log('Answered by', answer.provider, 'for', answer.usage?.cost, 'USD');
