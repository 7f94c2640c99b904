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
        const end = endOf(error, request);
        if (end !== undefined) book(end, request, ledger);
        throw error;
      },
    );
  };
}

/** How an attempt ended that came to nothing; `undefined` where it cannot have cost anything. */
function endOf(error: unknown, request: ApiRequest): Settlement | undefined {
  const { phase, generationId } = request.reached;
  if (!isOwnError(error, request)) return phase === 'unsent' ? undefined : { error, generationId };
  const { usage, model, provider } = error.partial ?? {};
  if (usage == null && isFree(error, request)) return undefined;
  return { error, usage: usage ?? undefined, model, provider, generationId: error.generationId };
}

/** The reason for which a call was ended knows nothing of the attempt, even where it is an error of this library: perhaps of another call. */
function isOwnError(error: unknown, { scope }: ApiRequest): error is OpenRouterError {
  return isOpenRouterError(error) && error !== scope.reason;
}

/** OpenRouter does not bill the tokens of an answer whose failure it reports itself. Of a stream that just ends nothing is reported. */
function isFree(error: unknown, request: ApiRequest): boolean {
  if (!isOwnError(error, request)) return false;
  if (error.billing !== 'insured') return error.billing === 'none';
  return error.kind !== 'stream-truncated' && !owesServices(request);
}

function book(
  { usage, model, provider, generationId, error }: Settlement,
  request: ApiRequest,
  ledger: CostLedger,
): void {
  const { settings, reservation, body } = request;
  const told = usage && tellCost(usage);
  const usd = told ?? (isFree(error, request) ? zero : undefined);
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
