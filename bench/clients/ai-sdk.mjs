import { createOpenRouter } from '@openrouter/ai-sdk-provider';
import { generateText, streamText } from 'ai';

/** @type {import('./index.mjs').OpenClient} */
export async function open({ apiKey, baseURL }) {
  const provider = createOpenRouter({ apiKey, baseURL });
  const options = ({ model, messages: [system, ...messages], max_tokens: maxOutputTokens, ...more }) => ({
    model: provider.chat(model),
    system: system.content,
    messages,
    maxOutputTokens,
    ...more,
  });
  return {
    async ask(request) {
      const result = await generateText(options(request));
      const { text, finishReason, usage, response, providerMetadata } = result;
      return { text, kept: [finishReason, result.rawFinishReason, usage, response, providerMetadata] };
    },
    async stream(request) {
      const result = streamText(options(request));
      let text = '';
      for await (const delta of result.textStream) text += delta;
      const ending = [
        result.finishReason,
        result.rawFinishReason,
        result.usage,
        result.response,
        result.providerMetadata,
      ];
      return { text, toolArguments: '', kept: await Promise.all(ending) };
    },
  };
}
