import { OpenRouter } from 'openrouter-ts';

const client = new OpenRouter();

// #region find
const { matches, stale } = await client.models.find({
  tools: true,
  minContext: 100_000,
  maxPromptPrice: 0.5, // dollars for a million tokens
  maxCompletionPrice: 2,
  sort: 'price',
  limit: 5,
});

if (stale) console.log('OpenRouter cannot be asked just now; this is what it said before.');
for (const { model } of matches) console.log(model.id, model.context_length, model.pricing.prompt);
// #endregion

// #region fallbacks
const { matches: standIns } = await client.models.chooseFallbacks('anthropic/claude-haiku-4.5', {
  count: 2,
  tools: true,
});
const fallbackModels = standIns.map(({ model }) => model.id);
console.log('Could stand in:', fallbackModels.join(', '));

const answer = await client.chat.create(
  {
    model: 'anthropic/claude-haiku-4.5',
    messages: [{ role: 'user', content: 'Say hello.' }],
  },
  { fallbackModels },
);
console.log(answer.choices[0]?.message.content);
// #endregion

// #region suggest
console.log('Did you mean', (await client.models.suggest('openai/gtp-4o-mini'))[0]);
// #endregion
