import type { Surroundings } from '../terminal/surroundings.ts';

/** Whoever started the program may have left its input open by mistake: after this time, it says what it is waiting for. */
const patienceMs = 1000;

/**
 * Reads everything that is piped in.
 *
 * @param surroundings - the input, and where to say that it takes long
 * @returns the text without the line breaks at its end; undefined when the input is a terminal
 * @throws TypeError when it is not UTF-8 text, and the system's error when it cannot be read
 */
export async function readStandardInput({ stdin, stderr, clock }: Surroundings): Promise<string | undefined> {
  if (stdin.isTTY === true) return undefined;
  const cancelNotice = clock.setTimer(() => {
    stderr.write('orc: waiting for the end of standard input\n');
  }, patienceMs);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  try {
    for await (const part of stdin)
      text += typeof part === 'string' ? part : decoder.decode(toBytes(part), { stream: true });
    text += decoder.decode();
  } finally {
    cancelNotice();
  }
  if (text.includes('\0')) throw new TypeError('it holds binary data');
  return text.replace(/[\r\n]+$/, '');
}

function toBytes(part: unknown): Uint8Array {
  return part instanceof Uint8Array ? part : new Uint8Array();
}
