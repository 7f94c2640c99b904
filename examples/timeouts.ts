import { OpenRouter, TimeoutError } from 'openrouter-ts';

// #region timeouts
const client = new OpenRouter({
  timeoutMs: 300_000, // a whole call, a stream until its end included
  timeouts: {
    firstContentMs: 45_000, // from the headers of a stream to its first output
    idleDataMs: 60_000, // between two events of a stream, keep-alives not counted
  },
});

try {
  const answer = await client.chat.create(
    {
      model: 'openai/gpt-4o-mini',
      messages: [{ role: 'user', content: 'Say hello in five languages.' }],
    },
    { timeoutMs: 30_000 }, // this call only
  );
  console.log(answer.choices[0]?.message.content);
} catch (error) {
  if (!(error instanceof TimeoutError)) throw error;
  console.error(`Waited too long (${error.timer}); what it may have cost: ${error.billing}`);
}
// #endregion
