import { OpenRouter } from '@openrouter/sdk';

/** @type {import('./index.mjs').OpenClient} */
export async function open({ apiKey, baseURL }) {
  const client = new OpenRouter({ apiKey, serverURL: baseURL });
  return {
    async ask(request) {
      const completion = await client.chat.send({ chatRequest: request });
      return { text: completion.choices[0].message.content, kept: completion };
    },
    async stream(request) {
      const { max_tokens: maxTokens, ...rest } = request;
      const stream = await client.chat.send({ chatRequest: { ...rest, maxTokens, stream: true } });
      let text = '';
      let toolArguments = '';
      let first;
      let last;
      for await (const chunk of stream) {
        first ??= chunk;
        last = chunk;
        const delta = chunk.choices[0]?.delta;
        if (delta?.content) text += delta.content;
        const call = delta?.toolCalls?.[0];
        if (call?.function?.arguments) toolArguments += call.function.arguments;
      }
      return { text, toolArguments, kept: [first, last] };
    },
  };
}
