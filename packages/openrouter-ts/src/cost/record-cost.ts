import { isOpenRouterError, type OpenRouterError } from '../errors/open-router-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { whenSettled, type Settlement } from '../http/outcome.ts';
import type { Middleware } from '../pipeline/middleware.ts';
import { modelOf } from '../pipeline/model-of.ts';
import type { Usage } from '../wire/usage.ts';
import type { CostLedger } from './cost-ledger.ts';
import { zero } from './decimal.ts';
import { isBilled } from './is-billed.ts';
import { owesServices } from './owes-services.ts';
import { tellCost } from './tell-cost.ts';

/** Told of each good answer that says what it used. It must not throw. */
export type Learn = (request: ApiRequest, usage: Usage) => void;

/**
 * Books what each attempt cost, or that it is not known: a failed attempt may have cost money too. One that was refused, or never sent, is not booked.
 *
 * @param ledger - the client's ledger
 * @param learn - told of each good answer
 * @returns the policy; it stands directly around the exchange
 */
export function recordCost(ledger: CostLedger, learn?: Learn): Middleware {
  return function bookingTheCost(request, next) {
    if (!isBilled(request)) return next(request);
    return next(request).then(
      (outcome) => {
        whenSettled(outcome, (settlement) => {
          book(settlement, request, ledger);
          const { usage, error } = settlement;
          if (usage !== undefined && error === undefined) learn?.(request, usage);
        });
        return outcome;
      },
      (error: unknown) => {
        const own = ownError(error, request);
        const { usage, model, provider } = own?.partial ?? {};
        const { generationId } = own ?? request.reached;
        if (usage != null || !isFree(own, request))
          book({ error, usage: usage ?? undefined, model, provider, generationId }, request, ledger);
        throw error;
      },
    );
  };
}

/** The reason for which a call was ended knows nothing of the attempt, even where it is an error of this library: perhaps of another call. */
function ownError(error: unknown, { scope }: ApiRequest): OpenRouterError | undefined {
  return isOpenRouterError(error) && error !== scope.reason ? error : undefined;
}

/** OpenRouter does not bill the tokens of an answer whose failure it reports itself. Of a stream that just ends nothing is reported. */
function isFree(own: OpenRouterError | undefined, request: ApiRequest): boolean {
  if (own === undefined) return request.reached.phase === 'unsent';
  if (own.billing !== 'insured') return own.billing === 'none';
  return own.kind !== 'stream-truncated' && !owesServices(request);
}

function book(
  { usage, model, provider, generationId, error }: Settlement,
  request: ApiRequest,
  ledger: CostLedger,
): void {
  const { settings, reservation, body } = request;
  const free = error !== undefined && isFree(ownError(error, request), request);
  const usd = (usage && tellCost(usage)) ?? (free ? zero : undefined);
  const session = body?.['session_id'];
  ledger.book(
    {
      model: model ?? modelOf(request),
      provider,
      tag: settings.tag,
      session: typeof session === 'string' ? session : undefined,
      generationId,
      usage,
      usd,
      unknown: usd === undefined ? reasonOf(error) : undefined,
    },
    reservation,
  );
  if (usd === undefined) reservation?.hold();
  else reservation?.settle(usd);
}

function reasonOf(error: unknown): string {
  if (error === undefined) return 'usage-missing';
  return isOpenRouterError(error) ? error.kind : 'aborted';
}
