import { OpenRouter } from 'openrouter-ts';
import { toText } from 'openrouter-ts/cost';

const client = new OpenRouter();

// #region costs
const unsubscribe = client.costs.subscribe(({ model, tag, usd, unknown }) => {
  console.log('Booked:', model, tag, usd ? toText(usd) : `not known (${unknown})`);
});

const stream = await client.chat.stream(
  {
    model: 'openai/gpt-4o-mini',
    messages: [{ role: 'user', content: 'Count from one to a thousand, in words.' }],
  },
  { tag: 'counting' },
);
for await (const _ of stream.textDeltas()) break; // given up: nobody has told what it cost

console.log('Not known:', client.costs.unknown.length);
const { settled, left } = await client.costs.reconcile(); // asks OpenRouter
console.log('Settled:', settled.length, 'left:', left.length);

const { exactUsd, requests } = client.costs.totals();
console.log(`All requests (${requests}): $${exactUsd}`);
for (const [tag, { usd }] of client.costs.by('tag')) console.log(`${tag}: $${usd}`);

console.log(await client.costs.export('csv'));
unsubscribe();
// #endregion
