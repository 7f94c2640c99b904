import OpenAI from 'openai';
import { gather, nothingYet } from './gather.mjs';

/** @type {import('./index.mjs').OpenClient} */
export async function open({ apiKey, baseURL }) {
  const client = new OpenAI({ apiKey, baseURL });
  return {
    async ask(request) {
      const completion = await client.chat.completions.create(request);
      return { text: completion.choices[0].message.content, kept: completion };
    },
    async stream(request) {
      const stream = await client.chat.completions.create({ ...request, stream: true });
      const gathered = nothingYet();
      for await (const chunk of stream) gather(gathered, chunk);
      return { text: gathered.text, toolArguments: gathered.toolArguments, kept: [gathered.first, gathered.last] };
    },
  };
}
