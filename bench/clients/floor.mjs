import { Agent, request as httpRequest } from 'node:http';
import { eventReader } from './read-events.mjs';
import { gather, nothingYet } from './gather.mjs';

/** @type {import('./index.mjs').OpenClient} */
export async function open({ apiKey, baseURL }) {
  const { hostname, port, pathname } = new URL(`${baseURL}/chat/completions`);
  const agent = new Agent({ keepAlive: true, noDelay: true });

  /** Sends a request and hands over the text of the answer piece by piece. */
  const post = (body, onText) =>
    new Promise((resolve, reject) => {
      const payload = Buffer.from(JSON.stringify(body));
      const headers = {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'content-length': payload.length,
      };
      const outgoing = httpRequest({ agent, hostname, port, path: pathname, method: 'POST', headers }, (response) => {
        response.setEncoding('utf8');
        response.on('data', onText);
        response.on('end', resolve);
        response.on('error', reject);
      });
      outgoing.on('error', reject);
      outgoing.end(payload);
    });

  return {
    async ask(request) {
      let json = '';
      await post(request, (text) => {
        json += text;
      });
      const completion = JSON.parse(json);
      return { text: completion.choices[0].message.content, kept: completion };
    },
    async stream(request) {
      const gathered = nothingYet();
      await post(
        { ...request, stream: true },
        eventReader((chunk) => gather(gathered, chunk)),
      );
      return { text: gathered.text, toolArguments: gathered.toolArguments, kept: [gathered.first, gathered.last] };
    },
  };
}
