import { isOpenRouterError, OpenRouter } from 'openrouter-ts';

// #region retries
const client = new OpenRouter({
  maxRetries: 4, // after the first attempt; 0 for never
  maxRetryWaitMs: 20_000, // where a server asks for a longer wait, the call fails at once
  retryAmbiguous: 'never', // what may have been billed is not sent a second time
});

try {
  const { data, response } = await client.chat
    .create({
      model: 'openai/gpt-4o-mini',
      messages: [{ role: 'user', content: 'Say hello.' }],
    })
    .withResponse();

  console.log(data.choices[0]?.message.content);
  for (const { number, status, failure = 'answered' } of response.attempts) console.log(number, status, failure);
} catch (error) {
  if (!isOpenRouterError(error)) throw error;
  console.error(error.message);
  console.error('Requests made:', error.attempts.length);
  if (error.retryStopped) console.error('No further try because of:', error.retryStopped); // attempts, wait, budget or load
}
// #endregion
