import { decimal, zero, type Decimal } from '../cost/decimal.ts';
import { subtract } from '../cost/decimal-arithmetic.ts';
import { AuthenticationError, PermissionError } from '../errors/status-errors.ts';
import { checkPositive } from '../pipeline/check-positive.ts';
import { isFreeModel } from '../resilience/is-free-model.ts';
import { AbortScope } from '../util/abort-scope.ts';
import { systemClock, type Clock } from '../util/clock.ts';
import { tellQuietly } from '../util/tell-quietly.ts';
import { isUtcPeriod } from '../util/utc-period.ts';
import type { Credits } from '../wire/credits.ts';
import type { Key } from '../wire/key.ts';
import { LimitGauge, type ToldLimit } from './limit-gauge.ts';
import { exhaustedBy, reachedAProvider, type Exhausted } from './limit-refusals.ts';
import type { LimitFigure, LimitsReport } from './limits-report.ts';
import { watchForLow, type LimitThresholds, type LowLimitEvent } from './low-limits.ts';

/** What may end a look at the limits. */
export interface ReadLimitsOptions {
  /** Ends it: it then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What a monitor is built on. */
export interface LimitsMonitorOptions {
  /** Asks about the key: a client's `key.get`. */
  readonly readKey: (options: ReadLimitsOptions) => Promise<Key>;
  /**
   * Asks about the account's credits, which only a management key may; `undefined` for one that may not. Once it was refused it is not asked
   * again. Default: nobody is asked.
   */
  readonly readCredits?: ((key: Key, options: ReadLimitsOptions) => Promise<Credits | undefined>) | undefined;
  /** Where dates come from, and what counts the time between two looks. Default: the runtime's. */
  readonly clock?: Clock | undefined;
}

/** What a monitor is told of a request that is over. */
export interface RequestFacts {
  /** The model that was asked. */
  readonly model?: string | undefined;
  /** What it cost, in dollars (`usage.cost`), if the answer told. */
  readonly costUsd?: number | null | undefined;
  /** Why it failed, if it did. */
  readonly error?: unknown;
}

/** How limits are looked at again and again. */
export interface WatchOptions extends ReadLimitsOptions {
  /** The time between two looks, in milliseconds. */
  readonly everyMs: number;
  /** Told when a look fails; the next one is made all the same. One that throws disturbs nothing. Default: nobody is told. */
  readonly onError?: ((error: unknown) => unknown) | undefined;
}

/**
 * Knows what may still be spent and asked: what the API told, less what was used since. It asks only when it is told to, and does nothing by
 * itself.
 */
export class LimitsMonitor {
  readonly #options: LimitsMonitorOptions;
  readonly #clock: Clock;
  readonly #key: LimitGauge;
  readonly #account: LimitGauge;
  readonly #free: LimitGauge;
  readonly #watchers = new Set<(report: LimitsReport) => void>();
  #lastRefusal: LimitsReport['lastRefusal'];
  #mayReadCredits = true;
  #begun = 0;
  #newest = 0;

  /**
   * Makes a monitor. Nothing is asked until it is told to.
   *
   * @param options - how to ask, and the clock
   */
  constructor(options: LimitsMonitorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    const unknown: ToldLimit = { source: 'local', at: this.#clock.epochMs() };
    this.#key = new LimitGauge(unknown);
    this.#account = new LimitGauge(unknown);
    this.#free = new LimitGauge({ ...unknown, period: 'daily' });
  }

  /**
   * Says what is known, without asking anybody.
   *
   * @returns each limit with its age and its source
   */
  report(): LimitsReport {
    const now = this.#clock.epochMs();
    const keyCreditUsd = known(this.#key.read(now));
    const accountCreditUsd = known(this.#account.read(now));
    return {
      creditUsd: usd(keyCreditUsd) <= usd(accountCreditUsd) ? keyCreditUsd : accountCreditUsd,
      keyCreditUsd,
      accountCreditUsd,
      freeRequests: notNegative(this.#free.read(now)),
      lastRefusal: this.#lastRefusal,
    };
  }

  /**
   * Asks the API: about the key, and about the account's credits where the key may ask.
   *
   * @param options - a signal that ends it
   * @returns what is known now
   * @throws whatever asking throws; what was known before stays
   */
  async refresh(options: ReadLimitsOptions = {}): Promise<LimitsReport> {
    this.#begun += 1;
    const order = this.#begun;
    const used = { key: this.#key.used, account: this.#account.used, free: this.#free.used };
    const key = await this.#options.readKey(options);
    const credits = await this.#readCredits(key, options);
    // Of two looks at the same time the one that began last knows more, whichever is answered first.
    if (order > this.#newest) {
      this.#newest = order;
      this.#take(key, credits, used);
    }
    return this.#tellWatchers();
  }

  /**
   * Notes a request that is over, well or not.
   *
   * @param facts - what is known of it
   */
  note({ model, costUsd, error }: RequestFacts): void {
    const cost = amount(costUsd);
    if (cost !== undefined && cost.units > 0n) for (const gauge of [this.#key, this.#account]) this.#pay(gauge, cost);
    if (isFreeModel(model) && reachedAProvider(error)) this.#free.use(one, this.#clock.epochMs());
    const exhausted = exhaustedBy(error);
    if (exhausted !== undefined) this.#noteRefusal(exhausted);
    this.#tellWatchers();
  }

  /**
   * Asks to be told when a limit falls below a threshold: once, and again when it has recovered and falls anew. Limits are compared after each
   * {@link LimitsMonitor.refresh} and {@link LimitsMonitor.note}.
   *
   * @param thresholds - which limits, and when
   * @param listener - told of each fall; one that throws, or whose promise rejects, disturbs nothing
   * @returns a function that takes the request back
   * @throws ConfigError when a threshold is not a number above zero
   */
  onLow(thresholds: LimitThresholds, listener: (event: LowLimitEvent) => unknown): () => void {
    const watcher = watchForLow(thresholds, listener);
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  }

  /**
   * Asks the API now, and again and again. The time between does not keep the process alive.
   *
   * @param options - how often, a signal that ends it, and who is told of failures
   * @returns a function that ends it
   * @throws ConfigError when `everyMs` is not a number above zero
   */
  watch({ everyMs, signal, onError }: WatchOptions): () => void {
    checkPositive('everyMs', everyMs);
    const scope = new AbortScope(signal);
    let cancelTimer: (() => void) | undefined;
    scope.onAbort(() => cancelTimer?.());
    const look = async (): Promise<void> => {
      await this.refresh({ signal: scope.signal }).catch((error: unknown) => {
        if (!scope.aborted && onError !== undefined) tellQuietly(onError, error);
      });
      if (!scope.aborted) cancelTimer = this.#clock.setTimer(() => void look(), everyMs);
    };
    if (!scope.aborted) void look();
    return () => {
      scope.abort(new Error('The limits are not watched any more.'));
    };
  }

  #pay(gauge: LimitGauge, cost: Decimal): void {
    const at = this.#clock.epochMs();
    gauge.use(cost, at);
    // Whoever can pay has credit again, whatever was said before.
    if (gauge.told.source !== 'refusal') return;
    const { limit, period } = gauge.told;
    gauge.tell({ source: 'local', at, limit, period });
  }

  async #readCredits(key: Key, options: ReadLimitsOptions): Promise<Credits | undefined> {
    const { readCredits } = this.#options;
    if (readCredits === undefined || !this.#mayReadCredits) return undefined;
    try {
      return await readCredits(key, options);
    } catch (error) {
      if (!(error instanceof PermissionError || error instanceof AuthenticationError)) throw error;
      this.#mayReadCredits = false;
      return undefined;
    }
  }

  #take(key: Key, credits: Credits | undefined, used: Readonly<Record<'key' | 'account' | 'free', Decimal>>): void {
    const at = this.#clock.epochMs();
    const limit = amount(key.limit);
    const remaining = amount(key.limit_remaining);
    const period = isUtcPeriod(key.limit_reset) ? key.limit_reset : undefined;
    this.#key.tell({ source: 'key', at, limit, remaining, period }, used.key);
    const bought = amount(credits?.total_credits);
    const spent = amount(credits?.total_usage);
    if (bought !== undefined && spent !== undefined)
      this.#account.tell({ source: 'credits', at, limit: bought, remaining: subtract(bought, spent) }, used.account);
    const free = key.free_model_daily_requests;
    const left = amount(free?.remaining);
    if (left !== undefined)
      this.#free.tell({ source: 'key', at, limit: amount(free?.limit), remaining: left, period: 'daily' }, used.free);
  }

  #noteRefusal({ of, limit, error }: Exhausted): void {
    const at = this.#clock.epochMs();
    this.#lastRefusal = { at, error };
    if (of === undefined) return;
    const gauge = { key: this.#key, account: this.#account, freeRequests: this.#free }[of];
    gauge.tell({ ...gauge.told, source: 'refusal', at, remaining: zero, limit: amount(limit) ?? gauge.told.limit });
  }

  #tellWatchers(): LimitsReport {
    const report = this.report();
    for (const watcher of this.#watchers) watcher(report);
    return report;
  }
}

const one: Decimal = { units: 1n, scale: 0 };

/** The API's numbers are read as what they are written as; anything else is as if it were not there. */
function amount(value: unknown): Decimal | undefined {
  return typeof value === 'number' || typeof value === 'string' ? decimal(value) : undefined;
}

function known(figure: LimitFigure): LimitFigure | undefined {
  return figure.remaining === undefined ? undefined : figure;
}

/** Money can be owed; requests cannot. */
function notNegative(figure: LimitFigure): LimitFigure {
  return { ...figure, remaining: figure.remaining && Math.max(0, figure.remaining) };
}

function usd(figure: LimitFigure | undefined): number {
  return figure?.remaining ?? Infinity;
}
