import { hello, helloStream } from './answers.mjs';
import { GateContext } from './gate.mjs';

const CAP_MS = 20_000;

/**
 * Makes sure that every client takes good answers for good: otherwise what it does with bad ones says nothing.
 * @param {ConstructorParameters<typeof GateContext>[0]} clients
 * @throws {Error} when one does not
 */
export async function checkGoodAnswers(clients) {
  const context = new GateContext(clients, 0);
  try {
    const whole = await context.serve(() => [hello()]);
    const streamed = await context.serve(helloStream);
    const baseURLs = {
      whole: { baseURL: whole.baseURL, mode: 'whole' },
      stream: { baseURL: streamed.baseURL, mode: 'stream' },
    };
    await context.each(
      async (id) => {
        const { notes } = await context.run(id, { task: 'meetEach', settings: {}, baseURLs }, CAP_MS);
        const good = notes.filter(({ text, finish, error }) => text === 'Hello' && finish === 'stop' && !error);
        if (good.length < 2) throw new Error(`${id} does not take a good answer for one: ${JSON.stringify(notes)}`);
      },
      { together: true },
    );
  } finally {
    await context.close();
  }
}
