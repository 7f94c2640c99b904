import { BudgetExceededError, OpenRouter } from 'openrouter-ts';

// #region budget
const client = new OpenRouter({
  budget: {
    usd: 5, // for everything that this client does
    tags: { summaries: '0.50' }, // for the calls with this tag
  },
});

try {
  const answer = await client.chat.create(
    {
      model: 'openai/gpt-4o-mini',
      messages: [{ role: 'user', content: 'Sum up: the tide comes, the tide goes.' }],
      max_tokens: 200, // what bounds the answer bounds what it may cost at worst
    },
    { tag: 'summaries', maxCostUsd: 0.01 }, // this call, its retries and fallbacks included
  );
  console.log(answer.choices[0]?.message.content);
} catch (error) {
  if (!(error instanceof BudgetExceededError)) throw error;
  console.error(`Not sent. Budget of the ${error.budget}: $${error.limitUsd}, spent: $${error.spentUsd}`);
  console.error('At worst it would have cost, in USD:', error.worstCaseUsd);
}

for (const { name, spentUsd } of await client.costs.budgets()) console.log(`${name}: $${spentUsd} spent`);
// #endregion
