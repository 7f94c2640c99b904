import type { OpenRouter } from 'openrouter-ts';
import type { RetryNews } from '../answer/retry-news.ts';
import type { FailurePlace } from '../failure/failure.ts';
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
  /** Tells when the client tries again. */
  readonly retries: RetryNews;
}

/** One run of the chat: what was said, what it cost, and whom the next question goes to. */
export class ChatSession {
  readonly surroundings: Surroundings;
  readonly settings: Settings;
  readonly client: OpenRouter;
  readonly retries: RetryNews;
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
  constructor({ surroundings, settings, client, retries }: ChatSessionOptions) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.client = client;
    this.retries = retries;
    this.model = settings.model;
    this.style = styleFor(surroundings.stderr, surroundings.env);
  }

  /** Where a failure would happen now. */
  get place(): FailurePlace {
    return { command: 'chat', model: this.model, baseUrl: this.settings.baseUrl };
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
