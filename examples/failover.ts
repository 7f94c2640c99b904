import { OpenRouter } from 'openrouter-ts';

// #region failover
const client = new OpenRouter({ fallbackModels: ['anthropic/claude-haiku-4.5'] });

const { data: stream, response } = await client.chat
  .stream(
    {
      model: 'openai/gpt-4o-mini',
      messages: [{ role: 'user', content: 'Tell me a short story about a lighthouse.' }],
    },
    { failover: 'continue' }, // or 'restart'; both answers are paid for
  )
  .withResponse();

for await (const text of stream.textDeltas()) process.stdout.write(text); // each text once, whoever wrote it

for (const { number, model, failure = 'complete' } of response.attempts)
  console.log(`\n${number}. ${model}: ${failure}`);
// #endregion
