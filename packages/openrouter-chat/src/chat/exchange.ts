import { answerWriter } from '../answer/answer-writer.ts';
import { messageOf, receiveAnswer, type Ending } from '../answer/receive-answer.ts';
import { reportEnding } from '../answer/report-ending.ts';
import { showWaiting } from '../answer/waiting-line.ts';
import { exitCode } from '../exit-code.ts';
import { watchKeys } from '../terminal/watch-keys.ts';
import type { ChatSession } from './chat-session.ts';
import type { NextQuestion } from './conversation.ts';
import { TypeAhead } from './type-ahead.ts';

/**
 * Sends a question, prints the answer as it comes, and takes both up into the conversation. Ctrl-C and Esc stop the answer.
 *
 * @param session - the chat
 * @param question - what the user says
 * @param leaving - aborts when the chat is to end, whatever is under way
 * @returns what stands at the next prompt: what was typed meanwhile, or the question itself if it was stopped before anything came
 */
export async function exchange(session: ChatSession, question: NextQuestion, leaving: AbortSignal): Promise<string> {
  const typeAhead = new TypeAhead();
  const ending = await receive(session, question, { leaving, typeAhead });
  if (leaving.aborted) return '';
  const { surroundings, settings, total, place } = session;
  reportEnding(ending, { surroundings, place, isSimulated: settings.demo, total });
  keep(session, question, ending);
  if (session.unanswered === undefined) return typeAhead.text;
  if (ending.type === 'stopped') return question.text;
  session.say(session.style.dim('  Your message is kept: press the up arrow, or type /retry.'));
  return typeAhead.text;
}

interface Listeners {
  readonly leaving: AbortSignal;
  readonly typeAhead: TypeAhead;
}

async function receive(
  session: ChatSession,
  question: NextQuestion,
  { leaving, typeAhead }: Listeners,
): Promise<Ending> {
  const { surroundings, client, model, place, retries } = session;
  const interrupt = new AbortController();
  const stop = (): void => {
    if (interrupt.signal.aborted) surroundings.exitNow(exitCode.interrupted);
    interrupt.abort();
  };
  const signal = AbortSignal.any([interrupt.signal, leaving]);
  const writer = answerWriter(surroundings.stdout, { signal, isOneOfMany: true });
  const request = { model, messages: session.conversation.messagesWith(question) };
  const forgetSignal = surroundings.onSignal('SIGINT', stop);
  const giveBackKeys = watchKeys(surroundings.stdin, (key) => {
    if (key.name === 'escape' || (key.ctrl && key.name === 'c')) stop();
    else typeAhead.press(key);
  });
  surroundings.stderr.write('\n');
  const stopWaiting = showWaiting(surroundings, place, retries);
  const onText = (text: string): Promise<void> => {
    stopWaiting();
    return writer.write(text);
  };
  try {
    return await receiveAnswer({ client, request, signal, clock: surroundings.clock, onText });
  } finally {
    stopWaiting();
    giveBackKeys();
    forgetSignal();
    writer.end();
  }
}

/** What was answered is kept even if it is not whole. Of such an answer the reasoning is left out: without its end, providers refuse it. */
function keep(session: ChatSession, question: NextQuestion, ending: Ending): void {
  const message = messageOf(ending.type === 'complete' ? ending.completion : ending.partial);
  const isAnswer = message !== undefined && (ending.type === 'complete' || (message.content ?? '') !== '');
  session.unanswered = isAnswer ? undefined : question;
  if (isAnswer) {
    session.conversation.add(
      question,
      ending.type === 'complete' ? message : { role: 'assistant', content: message.content },
    );
  }
}
