export { OpenRouter } from './client/open-router.ts';
export type { ApiKey, OpenRouterOptions } from './client/options.ts';
export type { Chat, ChatStreamOptions } from './resources/chat.ts';
export type { Failover } from './resilience/failover-options.ts';
export type { ModelListCall, ModelResource } from './resources/models.ts';
export type { Providers } from './resources/providers.ts';
export type { CatalogueOptions } from './catalogue/catalogue-options.ts';
export type { FallbackOptions } from './catalogue/fallback-options.ts';
export type { FoundModel, FoundModels } from './catalogue/found-models.ts';
export type { ModelCriteria, ModelOrder } from './catalogue/model-criteria.ts';
export type { Models } from './catalogue/models.ts';
export type { SearchOptions } from './catalogue/search-options.ts';
export type { FindingSeverity, RequestFinding } from './catalogue/request-finding.ts';
export type { AccountActivity } from './resources/activity.ts';
export type { AccountCredits } from './resources/credits.ts';
export type { GenerationOptions, Generations } from './resources/generations.ts';
export type { CurrentKey } from './resources/key.ts';
export type {
  LimitsMonitorOptions,
  ReadLimitsOptions,
  RequestFacts,
  WatchOptions,
  LimitsMonitor,
} from './client/limits-monitor.ts';
export type { Limits } from './client/limits.ts';
export type { Costs } from './client/costs.ts';
export type { BudgetOptions, Usd } from './cost/budget-options.ts';
export type { BudgetStatus } from './cost/budget-account.ts';
export type { CostEntry } from './cost/cost-entry.ts';
export type { CostDimension, CostListener } from './cost/cost-ledger.ts';
export type {
  CostEstimate,
  EstimateBasis,
  EstimateBasisCode,
  EstimatedTokens,
  KnownCostEstimate,
  TokenRange,
  UnknownCostEstimate,
} from './cost/cost-estimate.ts';
export type { CountTokens } from './cost/token-estimate.ts';
export type { CostTotals } from './cost/cost-totals.ts';
export type { CostFormat } from './cost/export-entries.ts';
export type { Reconciliation, ReconcileOptions, UnsettledCost } from './cost/reconcile.ts';
export type { Decimal } from './cost/decimal.ts';
export type { FigureSource, LimitFigure, LimitsReport } from './client/limits-report.ts';
export type { LimitThresholds, LowLimitEvent } from './client/low-limits.ts';
export { ChatStream } from './streaming/chat-stream.ts';
export type { PendingCall, WithResponse } from './pipeline/pending-call.ts';
export type { RequestOptions } from './pipeline/operation.ts';
export type { CallSettings } from './http/call-settings.ts';
export type { RateLimitOptions } from './resilience/rate-limits.ts';
export type { RateLimitReport, RateLimitStatus, Throttle } from './resilience/rate-limit-status.ts';
export type { PartName } from './http/on-demand.ts';
export type { RateLimitHeaders } from './http/rate-limit-headers.ts';
export type { RetryAmbiguous } from './resilience/retries-allowed.ts';
export type { TimeoutOptions } from './resilience/timeout-options.ts';
export type { Hooks } from './telemetry/hooks.ts';
export type {
  AttemptEvent,
  CallEvent,
  CallFacts,
  CallStep,
  ErrorEvent,
  FallbackEvent,
  FinishEvent,
  FirstTokenEvent,
  RequestEvent,
  RetryEvent,
} from './telemetry/events.ts';
export type { ResponseDetails, ResponseWarning, Settlement } from './http/outcome.ts';
export type { SizeLimits } from './http/read-context.ts';
export type { ResponseBody, Transport, TransportRequest, TransportResponse } from './http/transport.ts';
export type { Fetch } from './platform/fetch-transport.ts';
export type { Clock } from './util/clock.ts';
export type { Random } from './util/random.ts';
export { isOpenRouterError, OpenRouterError, type ErrorDetails, type RetryStop } from './errors/open-router-error.ts';
export { affordableTokens, type AffordableTokens } from './errors/affordable-tokens.ts';
export type { Attempt } from './errors/attempt.ts';
export type { Billing } from './errors/billing.ts';
export type { Phase } from './errors/phase.ts';
export { ConfigError } from './errors/config-error.ts';
export { ConnectionError, type ConnectionFailure } from './errors/connection-error.ts';
export { TimeoutError, type Timer } from './errors/timeout-error.ts';
export { ApiError, type ApiErrorDetails } from './errors/api-error.ts';
export {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InsufficientCreditsError,
  NotFoundError,
  PayloadTooLargeError,
  PermissionError,
  ProviderError,
  RateLimitError,
  RequestTimeoutError,
  ServerError,
  type RateLimitScope,
} from './errors/status-errors.ts';
export {
  StreamProtocolError,
  StreamProviderError,
  StreamTruncatedError,
  type ProviderFailure,
} from './errors/stream-error.ts';
export { StreamError, StreamInterruptedError } from './errors/stream-interrupted-error.ts';
export { ResponseFormatError, type FormatFailure } from './errors/response-format-error.ts';
export { BudgetExceededError, type BudgetDetails } from './errors/budget-exceeded-error.ts';
export { LoadError } from './errors/load-error.ts';
export { LimitExceededError } from './errors/limit-exceeded-error.ts';
export type * from './wire-types.ts';
