import type { AssistantRequestMessage, ChatMessage } from 'openrouter-ts';

/** What is asked next. */
export interface NextQuestion {
  readonly text: string;
  /** Whether it takes the place of the last question and its answer, once it is answered itself. */
  readonly replacesLast: boolean;
}

interface Turn {
  readonly question: string;
  readonly answer: AssistantRequestMessage;
}

/** What was said so far. A question without any answer is no part of it. */
export class Conversation {
  #turns: readonly Turn[] = [];

  /** How many messages there are. */
  get length(): number {
    return this.#turns.length * 2;
  }

  /**
   * Puts a question after what was said.
   *
   * @param question - what the user says next
   * @returns the messages to send; the conversation stays as it is
   */
  messagesWith(question: NextQuestion): readonly ChatMessage[] {
    const said = this.#before(question).flatMap((turn): readonly ChatMessage[] => [
      { role: 'user', content: turn.question },
      turn.answer,
    ]);
    return [...said, { role: 'user', content: question.text }];
  }

  /**
   * Takes up a question and its answer.
   *
   * @param question - what the user said
   * @param answer - the message as it came, its reasoning included: providers want that back unchanged
   */
  add(question: NextQuestion, answer: AssistantRequestMessage): void {
    this.#turns = [...this.#before(question), { question: question.text, answer }];
  }

  /** The last question that was answered, if there is one. */
  get lastQuestion(): string | undefined {
    return this.#turns.at(-1)?.question;
  }

  /** Forgets everything. */
  clear(): void {
    this.#turns = [];
  }

  #before({ replacesLast }: NextQuestion): readonly Turn[] {
    return replacesLast ? this.#turns.slice(0, -1) : this.#turns;
  }
}
