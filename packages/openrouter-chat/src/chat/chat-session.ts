import type { OpenRouter } from 'openrouter-ts';
import { SessionTotal } from '../money/session-total.ts';
import type { Settings } from '../settings/settings.ts';
import { styleFor, type Style } from '../terminal/style.ts';
import type { Surroundings } from '../terminal/surroundings.ts';
import { Conversation, type NextQuestion } from './conversation.ts';

/** What a session starts from. */
export interface ChatSessionOptions {
  readonly surroundings: Surroundings;
  readonly settings: Settings;
  readonly client: OpenRouter;
}

/** One run of the chat: what was said, what it cost, and whom the next question goes to. */
export class ChatSession {
  readonly surroundings: Surroundings;
  readonly settings: Settings;
  readonly client: OpenRouter;
  readonly conversation: Conversation = new Conversation();
  readonly total: SessionTotal = new SessionTotal();
  /** The colours of stderr. */
  readonly style: Style;
  /** Whom the next question goes to. */
  model: string;
  /** A question that got no answer at all. */
  unanswered: NextQuestion | undefined;
  #typed: readonly string[] = [];

  /** @param options - what the session starts from */
  constructor({ surroundings, settings, client }: ChatSessionOptions) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.client = client;
    this.model = settings.model;
    this.style = styleFor(surroundings.stderr, surroundings.env);
  }

  /** What was typed so far, the latest first: what ↑ brings back. */
  get typed(): readonly string[] {
    return this.#typed;
  }

  /**
   * Remembers what was typed.
   *
   * @param text - the message or command
   */
  remember(text: string): void {
    this.#typed = [text, ...this.#typed.filter((other) => other !== text)];
  }

  /**
   * Says something that is no answer.
   *
   * @param text - one line or more
   */
  say(text: string): void {
    this.surroundings.stderr.write(`${text}\n`);
  }
}
