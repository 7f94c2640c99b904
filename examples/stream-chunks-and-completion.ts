import { OpenRouter } from 'openrouter-ts';

const client = new OpenRouter();

// #region read
const stream = await client.chat.stream({
  model: 'anthropic/claude-sonnet-4.5',
  messages: [{ role: 'user', content: 'Which is larger, 9.11 or 9.9?' }],
  reasoning: { effort: 'low' },
});

for await (const chunk of stream) {
  const delta = chunk.choices[0]?.delta;
  process.stderr.write(delta?.reasoning ?? ''); // what the model thinks
  process.stdout.write(delta?.content ?? ''); // what it says
}

const completion = await stream.completion();
console.log(`\nIt ended with ${completion.choices[0]?.finish_reason ?? 'no reason'}.`);
console.log('Tokens:', completion.usage?.total_tokens);
// #endregion
