import { OpenRouter } from '@openrouter/sdk';
import { MODEL, PROMPT } from './index.mjs';

/** It has no option for a number of retries: its limit is a time. @param {import('./index.mjs').Settings} settings */
export function open({ apiKey, baseURL, timeoutMs }) {
  const client = new OpenRouter({ apiKey, serverURL: baseURL, timeoutMs });
  const request = (model = MODEL) => ({ model, messages: [{ role: 'user', content: PROMPT }] });
  return {
    async ask({ model, signal, headers } = {}) {
      const value = await client.chat.send({ chatRequest: request(model) }, { signal, headers });
      const choice = value?.choices?.[0];
      return { value, text: choice?.message?.content, finish: choice?.finishReason };
    },
    async *stream({ model, signal, headers } = {}) {
      const chatRequest = { ...request(model), stream: true };
      const stream = await client.chat.send({ chatRequest }, { signal, headers });
      for await (const chunk of stream) {
        const choice = chunk.choices?.[0];
        // An error is a field of an ordinary chunk: only who looks for it finds it.
        yield { text: choice?.delta?.content, finish: choice?.finishReason };
      }
    },
  };
}
