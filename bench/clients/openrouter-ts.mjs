import { OpenRouter } from 'openrouter-ts';

/**
 * Every policy is on, those included that a client has only when it is told to.
 * @type {import('./index.mjs').OpenClient}
 */
export async function open({ apiKey, baseURL }) {
  return adapt(
    new OpenRouter({
      apiKey,
      baseURL,
      maxConcurrency: 2_000,
      rateLimit: { requestsPerMinute: 100_000_000 },
      budget: { usd: 1_000_000 },
    }),
  );
}

/**
 * @param {OpenRouter} client
 * @returns {import('./index.mjs').Client}
 */
export function adapt(client) {
  return {
    async ask(request) {
      const completion = await client.chat.create(request);
      return { text: completion.choices[0].message.content, kept: completion };
    },
    async stream(request) {
      const stream = await client.chat.stream(request);
      let text = '';
      let first;
      for await (const chunk of stream) {
        first ??= chunk;
        const content = chunk.choices[0]?.delta.content;
        if (content) text += content;
      }
      const completion = await stream.completion();
      const { message } = completion.choices[0];
      if (message.content && message.content !== text)
        throw new Error('The completion is not what the chunks add up to.');
      return { text, toolArguments: message.tool_calls?.[0]?.function.arguments ?? '', kept: [first, completion] };
    },
  };
}
