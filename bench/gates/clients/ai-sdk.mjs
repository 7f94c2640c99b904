import { createOpenRouter } from '@openrouter/ai-sdk-provider';
import { generateText, streamText } from 'ai';
import { MODEL, PROMPT } from './index.mjs';

globalThis.AI_SDK_LOG_WARNINGS = false;

/** @param {import('./index.mjs').Settings} settings */
export function open({ apiKey, baseURL, maxRetries, timeoutMs }) {
  const provider = createOpenRouter({ apiKey, baseURL });
  const timeout = timeoutMs && { stepMs: timeoutMs, chunkMs: timeoutMs };
  const options = ({ model = MODEL, signal, headers } = {}) => ({
    model: provider.chat(model),
    prompt: PROMPT,
    abortSignal: signal,
    headers,
    ...(maxRetries !== undefined && { maxRetries }),
    ...(timeout && { timeout }),
  });
  return {
    async ask(call) {
      const value = await generateText(options(call));
      return { value, text: value.text, finish: value.finishReason };
    },
    async *stream(call) {
      const result = streamText({ ...options(call), onError: () => undefined });
      for await (const part of result.fullStream) {
        if (part.type === 'text-delta') yield { text: part.text };
        if (part.type === 'error') yield { error: part.error };
        if (part.type === 'abort') yield { error: Object.assign(new Error('aborted'), { name: 'an `abort` part' }) };
        if (part.type === 'finish') yield { finish: part.finishReason };
      }
    },
  };
}
