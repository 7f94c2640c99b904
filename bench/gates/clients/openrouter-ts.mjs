import { OpenRouter } from 'openrouter-ts';
import { MODEL, PROMPT } from './index.mjs';

/** @param {import('./index.mjs').Settings} settings */
export function open({ apiKey, baseURL, maxRetries, timeoutMs }) {
  const timeouts = timeoutMs && {
    headersMs: timeoutMs,
    firstContentMs: timeoutMs,
    idleBytesMs: timeoutMs,
    idleDataMs: timeoutMs,
  };
  const client = new OpenRouter({ apiKey, baseURL, maxRetries, timeouts: timeouts || undefined });
  const request = (model = MODEL) => ({ model, messages: [{ role: 'user', content: PROMPT }] });
  return {
    async ask({ model, signal, headers } = {}) {
      const value = await client.chat.create(request(model), { signal, headers });
      return { value, text: value.choices[0]?.message.content, finish: value.choices[0]?.finish_reason };
    },
    async *stream({ model, signal, headers } = {}) {
      const stream = await client.chat.stream(request(model), { signal, headers });
      for await (const chunk of stream) {
        const [choice] = chunk.choices;
        yield { text: choice?.delta?.content, finish: choice?.finish_reason };
      }
    },
  };
}
