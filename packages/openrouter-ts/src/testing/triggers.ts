import type { ChatRequestFacts } from './answers/read-chat-request.ts';
import type { Exchange, SimulatedResponse } from './exchange.ts';
import { afterKeepAlives, late } from './faults/timing.ts';
import { brokenAnswer } from './responses/broken-answer.ts';
import { insufficientCredits } from './responses/insufficient-credits.ts';
import { rateLimited } from './responses/rate-limited.ts';
import { reply } from './responses/reply.ts';

const table = `Here is a simulated table:

| model | input | output |
| :--- | ---: | ---: |
| openai/gpt-4o-mini | $0.15 | $0.60 |
| anthropic/claude-sonnet-4.5 | $3.00 | $15.00 |
| google/gemini-2.5-flash | $0.30 | $2.50 |

Prices are **per million tokens**, and they may have changed since.`;

const code = `Here is some simulated code:

\`\`\`ts
import { OpenRouter } from 'openrouter-ts';

const client = new OpenRouter();
const answer = await client.chat.create({
  model: 'openai/gpt-4o-mini',
  messages: [{ role: 'user', content: 'Hi' }],
});
console.log(answer.choices[0]?.message.content);
\`\`\`

It asks a model and prints \`content\`, *nothing more*.`;

/** What the words in a question set off. */
const responses: Readonly<Record<string, SimulatedResponse>> = {
  '!429': rateLimited({ resetInMs: 3_000 }),
  '!402': insufficientCredits(),
  '!midstream': brokenAnswer({
    answer: 'This simulated answer begins well, says a few words, and then its provider',
    message: 'Provider disconnected unexpectedly',
  }),
  '!slow': late(
    afterKeepAlives(reply({ pace: { firstMs: 2_000, chunkMs: 150 }, keepAlives: 4 }), { everyMs: 500, count: 8 }),
    1_500,
  ),
  '!table': reply(table),
  '!code': reply(code),
};

/**
 * Finds the word in a question that sets something off: `!429`, `!402`, `!midstream`, `!slow`, `!table` or `!code`.
 *
 * @param exchange - the request
 * @param facts - what was asked
 * @returns the response, or undefined when there is no such word or the simulator was not told to look for one
 */
export function triggered(exchange: Exchange, facts: ChatRequestFacts): SimulatedResponse | undefined {
  if (!exchange.settings.triggers) return undefined;
  const word = Object.keys(responses).find((trigger) => facts.question.includes(trigger));
  return word === undefined ? undefined : responses[word];
}
