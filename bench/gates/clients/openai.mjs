import OpenAI from 'openai';
import { MODEL, PROMPT } from './index.mjs';

/** @param {import('./index.mjs').Settings} settings */
export function open({ apiKey, baseURL, maxRetries, timeoutMs }) {
  const client = new OpenAI({ apiKey, baseURL, maxRetries, timeout: timeoutMs, logLevel: 'off' });
  const request = (model = MODEL) => ({ model, messages: [{ role: 'user', content: PROMPT }] });
  return {
    async ask({ model, signal, headers } = {}) {
      const value = await client.chat.completions.create(request(model), { signal, headers });
      const choice = value?.choices?.[0];
      return { value, text: choice?.message?.content, finish: choice?.finish_reason };
    },
    async *stream({ model, signal, headers } = {}) {
      const stream = await client.chat.completions.create({ ...request(model), stream: true }, { signal, headers });
      for await (const chunk of stream) {
        const choice = chunk.choices?.[0];
        yield { text: choice?.delta?.content, finish: choice?.finish_reason };
      }
    },
  };
}
