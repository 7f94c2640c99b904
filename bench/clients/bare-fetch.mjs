import { eventReader } from './read-events.mjs';
import { gather, nothingYet } from './gather.mjs';

/** @type {import('./index.mjs').OpenClient} */
export async function open({ apiKey, baseURL }) {
  const url = `${baseURL}/chat/completions`;
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const post = async (body) => {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok || !response.body) throw new Error(`The service answered ${response.status}.`);
    return response;
  };

  return {
    async ask(request) {
      const completion = await (await post(request)).json();
      return { text: completion.choices[0].message.content, kept: completion };
    },
    async stream(request) {
      const response = await post({ ...request, stream: true });
      const gathered = nothingYet();
      const read = eventReader((chunk) => gather(gathered, chunk));
      const decoder = new TextDecoder();
      for await (const bytes of response.body) read(decoder.decode(bytes, { stream: true }));
      return { text: gathered.text, toolArguments: gathered.toolArguments, kept: [gathered.first, gathered.last] };
    },
  };
}
