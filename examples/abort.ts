import { OpenRouter } from 'openrouter-ts';

const client = new OpenRouter();

// #region abort
const controller = new AbortController();

const stream = await client.chat.stream(
  {
    model: 'openai/gpt-4o-mini',
    messages: [{ role: 'user', content: 'Count from one to a thousand, in words.' }],
  },
  { signal: controller.signal },
);

let length = 0;
try {
  for await (const text of stream.textDeltas()) {
    process.stdout.write(text);
    length += text.length;
    if (length > 100) controller.abort(new Error('That is enough.'));
  }
} catch (error) {
  // An aborted call rejects with your own reason, whatever it was waiting for.
  if (error !== controller.signal.reason) throw error;
  console.log('\nStopped. Kept:', stream.partial.choices[0]?.message.content?.length, 'characters');
}
// #endregion
