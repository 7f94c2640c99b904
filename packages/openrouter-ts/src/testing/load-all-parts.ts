import { ModelStore } from '../catalogue/model-store.ts';
import { searchPart } from '../catalogue/models.ts';
import { cataloguePart } from '../catalogue/open-store.ts';
import { choose, find, suggest } from '../catalogue/search.ts';
import { exportEntries, reconcile } from '../client/books.ts';
import { booksPart } from '../client/costs.ts';
import { fetchPart } from '../client/transport-for.ts';
import { keepBudgets } from '../client/keep-budgets.ts';
import { watchLimits } from '../client/watch-limits.ts';
import { limitsPart } from '../client/limits.ts';
import { budgetsPart, eventsPart, fallbackPart } from '../client/optional-policies.ts';
import { preview } from '../client/preview.ts';
import { previewsPart } from '../client/previews.ts';
import {
  brokenBody,
  failedChoice,
  notAnAnswer,
  RateLimitError,
  refusal,
  toConnectionError,
  tooLarge,
  unreadable,
} from '../http/failures.ts';
import { failuresPart } from '../http/read-failure.ts';
import { emitEvents } from '../pipeline/emit-events.ts';
import { fetchTransport } from '../platform/fetch-transport.ts';
import { streamWithFailover } from '../resilience/failover.ts';
import { Course } from '../resilience/course.ts';
import { ratesPart } from '../resilience/lazy-rates.ts';
import { keepToRates } from '../resilience/rates.ts';
import { retriesPart } from '../resilience/retry.ts';
import { Cooldowns, fallback } from '../resilience/other-models.ts';
import { resources } from '../resources/account.ts';
import { failoverPart, streamingPart } from '../resources/chat.ts';
import { accountPart } from '../resources/lazy-resources.ts';
import { readChatStream } from '../streaming/read-chat-stream.ts';

/**
 * Gives the client every part that it would load when it needs it. With a clock that a test holds in its hands nothing may begin later than its
 * timers, and a test is never about how quickly a module is read.
 */
export function loadAllParts(): void {
  accountPart.provide({ resources });
  booksPart.provide({ exportEntries, reconcile });
  budgetsPart.provide({ keepBudgets });
  cataloguePart.provide({ ModelStore });
  eventsPart.provide({ emitEvents });
  failoverPart.provide({ streamWithFailover });
  failuresPart.provide({
    brokenBody,
    failedChoice,
    notAnAnswer,
    RateLimitError,
    refusal,
    toConnectionError,
    tooLarge,
    unreadable,
  });
  fetchPart.provide({ fetchTransport });
  fallbackPart.provide({ Cooldowns, fallback });
  limitsPart.provide({ watchLimits });
  previewsPart.provide({ preview });
  ratesPart.provide({ keepToRates });
  retriesPart.provide({ Course });
  searchPart.provide({ choose, find, suggest });
  streamingPart.provide({ readChatStream });
}
