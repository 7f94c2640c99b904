import { InsufficientCreditsError, isOpenRouterError, OpenRouter, RateLimitError } from 'openrouter-ts';

const client = new OpenRouter();

// #region verdict
try {
  const stream = await client.chat.stream({
    model: 'openai/gpt-4o-mini',
    messages: [{ role: 'user', content: 'Tell me a short story about a lighthouse.' }],
  });
  for await (const text of stream.textDeltas()) process.stdout.write(text);
} catch (error) {
  if (!isOpenRouterError(error)) throw error; // the reason of your own signal, or a bug

  console.error(`\n${error.message}`); // what was tried, what happened, what to do; never a key
  const { kind, retryable, retryAfterMs, billing, generationId, partial } = error;
  console.error({ kind, retryable, retryAfterMs, billing, generationId });

  if (partial) console.error('Arrived before:', partial.choices[0]?.message.content);
  if (error instanceof RateLimitError) console.error('Whose limit:', error.scope);
  if (error instanceof InsufficientCreditsError) console.error('Time to add credits.');
}
// #endregion
