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
export type { Models, SearchOptions } from './catalogue/models.ts';
export type { FindingSeverity, RequestFinding } from './catalogue/request-finding.ts';
export type { AccountActivity } from './resources/activity.ts';
export type { AccountCredits } from './resources/credits.ts';
export type { GenerationOptions, Generations } from './resources/generations.ts';
export type { CurrentKey } from './resources/key.ts';
export {
  LimitsMonitor,
  type LimitsMonitorOptions,
  type ReadLimitsOptions,
  type RequestFacts,
  type WatchOptions,
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
export {
  costOf,
  type Cost,
  type CostLine,
  type CostOptions,
  type KnownCost,
  type UnknownCost,
} from './cost/cost-of.ts';
export { pricesFor, type Price, type PriceQuestion, type PricesInForce } from './cost/prices-for.ts';
export type { PricedMoment } from './cost/override-applies.ts';
export type { PriceKey } from './cost/price-key.ts';
export { tellCost, tellUpstreamCost } from './cost/tell-cost.ts';
export * as money from './cost/decimal.ts';
export type { Decimal } from './cost/decimal.ts';
export type { FigureSource, LimitFigure, LimitsReport } from './client/limits-report.ts';
export type { LimitThresholds, LowLimitEvent } from './client/low-limits.ts';
export { ChatStream } from './streaming/chat-stream.ts';
export type { PendingCall, WithResponse } from './pipeline/pending-call.ts';
export type { RequestOptions } from './pipeline/operation.ts';
export type { CallSettings } from './http/call-settings.ts';
export type { RateLimitOptions } from './resilience/rate-limits.ts';
export type { RateLimitReport, RateLimitStatus, Throttle } from './resilience/rate-limit-status.ts';
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
  StreamError,
  StreamInterruptedError,
  StreamProtocolError,
  StreamProviderError,
  StreamTruncatedError,
  type ProviderFailure,
} from './errors/stream-error.ts';
export { ResponseFormatError, type FormatFailure } from './errors/response-format-error.ts';
export { BudgetExceededError, type BudgetDetails } from './errors/budget-exceeded-error.ts';
export { LimitExceededError } from './errors/limit-exceeded-error.ts';

export type { Activity, ActivityItem, ActivityQuery } from './wire/activity.ts';
export type {
  AdvisorTool,
  AdvisorParameters,
  SubagentTool,
  SubagentParameters,
  AgentParameters,
  InnerReasoning,
  FusionTool,
  FusionParameters,
  NestedTool,
} from './wire/agent-tool.ts';
export type {
  Annotation,
  UrlCitation,
  FileAnnotation,
  FileAnnotationPart,
  FileAnnotationImage,
} from './wire/annotation.ts';
export type { Architecture, InputModality, OutputModality } from './wire/architecture.ts';
export type { AudioOptions, AudioOutput } from './wire/audio.ts';
export type { Availability, AvailabilityConstraint, AvailabilityCode } from './wire/availability.ts';
export type {
  BashTool,
  BashParameters,
  ContainerEnvironment,
  NewContainer,
  ContainerReference,
  ContainerSettings,
  NetworkPolicy,
  NetworkDisabled,
  NetworkAllowlist,
} from './wire/bash-tool.ts';
export type { CacheControl, PromptCacheBreakpoint, PromptCacheOptions } from './wire/cache-control.ts';
export type {
  ChatChunk,
  ChunkChoice,
  ChunkDelta,
  ToolCallDelta,
  FunctionCallDelta,
  ChunkDebug,
} from './wire/chat-chunk.ts';
export type { ChatCompletion, Choice, AssistantMessage } from './wire/chat-completion.ts';
export type { ChatRequest, DebugOptions, UsageOptions, StreamOptions } from './wire/chat-request.ts';
export type {
  ContentPart,
  TextPart,
  ImagePart,
  ImageReference,
  AudioPart,
  AudioInput,
  VideoPart,
  VideoReference,
  FilePart,
  FileReference,
} from './wire/content-part.ts';
export type { Credits } from './wire/credits.ts';
export type { ModelEndpoints, Endpoint, ToolChoiceSupport, Percentiles, WorkloadPerformance } from './wire/endpoint.ts';
export type { ErrorEnvelope, ErrorBody } from './wire/error-body.ts';
export type { ErrorMetadata, PreviousError, LimitSource, ErrorType } from './wire/error-metadata.ts';
export type { FinishReason } from './wire/finish-reason.ts';
export type {
  GenerationContent,
  GenerationInput,
  GenerationOutput,
  GenerationFailure,
  GenerationFailedAttempt,
} from './wire/generation-content.ts';
export type { Generation, ProviderResponse } from './wire/generation.ts';
export type { GeneratedImage, ImageUrl } from './wire/image.ts';
export type {
  Capability,
  ImageEndpoint,
  ImageModel,
  ImageModelArchitecture,
  ImageModelEndpoints,
  ImagePrice,
} from './wire/image-model.ts';
export type { ItemList } from './wire/item-list.ts';
export type { Key, FreeModelRequests, KeyRateLimit } from './wire/key.ts';
export type { Logprobs, TokenLogprob, TokenAlternative } from './wire/logprobs.ts';
export type {
  ChatMessage,
  SystemMessage,
  DeveloperMessage,
  ConfigurationUpdate,
  ReasoningUpdate,
  UserMessage,
  AssistantRequestMessage,
  ToolMessage,
} from './wire/message.ts';
export type { ModelBenchmarks, ArtificialAnalysis, DesignArenaEntry } from './wire/model-benchmarks.ts';
export type { ModelCount } from './wire/model-count.ts';
export type { ModelId } from './wire/model-id.ts';
export type { ModelList, PageLinks } from './wire/model-list.ts';
export type {
  ModelCategory,
  ModelFeedQuery,
  ModelQuery,
  ModelSort,
  OutputQuery,
  PageQuery,
  QueryParameter,
} from './wire/model-query.ts';
export type {
  Model,
  TopProvider,
  DefaultParameters,
  PerRequestLimits,
  ModelReasoning,
  AliasTarget,
  ModelLinks,
} from './wire/model.ts';
export type {
  Plugin,
  WebPlugin,
  WebFetchPlugin,
  FileParserPlugin,
  PdfOptions,
  ResponseHealingPlugin,
  ContextCompressionPlugin,
  ModerationPlugin,
  OtherPlugin,
} from './wire/plugin.ts';
export type { Prediction, PredictedText } from './wire/prediction.ts';
export type { Pricing, Prices, PricingOverride, Weekday } from './wire/pricing.ts';
export type {
  ProviderPreferences,
  Quantization,
  ProviderSort,
  ProviderSortOptions,
  PercentileCutoffs,
  MaxPrice,
} from './wire/provider-preferences.ts';
export type { Provider } from './wire/provider.ts';
export type { ReasoningDetail, ReasoningDetailType, ReasoningFormat } from './wire/reasoning-detail.ts';
export type { ReasoningOptions, ReasoningEffort } from './wire/reasoning.ts';
export type {
  ResponseFormat,
  TextFormat,
  JsonObjectFormat,
  JsonSchemaFormat,
  NamedJsonSchema,
  GrammarFormat,
  PythonFormat,
} from './wire/response-format.ts';
export type {
  RouterMetadata,
  RoutingStrategy,
  ConsideredEndpoints,
  ConsideredEndpoint,
  RouterParameters,
  RouterAttempt,
  PipelineStage,
} from './wire/router-metadata.ts';
export type {
  AutoRouterPlugin,
  ParetoRouterPlugin,
  FusionPlugin,
  SwitchyardRouterPlugin,
} from './wire/router-plugin.ts';
export type { SamplingParameters } from './wire/sampling-parameters.ts';
export type {
  ServerTool,
  WebSearchTool,
  WebSearchShorthandTool,
  WebFetchTool,
  WebFetchParameters,
  DatetimeTool,
  DatetimeParameters,
  ImageGenerationTool,
  ImageGenerationParameters,
  FilesTool,
  SearchModelsTool,
  SearchModelsParameters,
  OtherServerTool,
} from './wire/server-tool.ts';
export type { ServiceTier } from './wire/service-tier.ts';
export type {
  StopCondition,
  StepCountIs,
  HasToolCall,
  MaxTokensUsed,
  MaxCost,
  FinishReasonIs,
} from './wire/stop-condition.ts';
export type { SupportedParameter } from './wire/supported-parameter.ts';
export type { ToolCall, FunctionCall } from './wire/tool-call.ts';
export type { ToolChoice, NamedToolChoice, NamedFunction, ServerToolChoice } from './wire/tool-choice.ts';
export type { Tool, FunctionTool, FunctionDefinition } from './wire/tool.ts';
export type { Trace } from './wire/trace.ts';
export type { UpscaleFactor, VideoModel } from './wire/video-model.ts';
export type { Usage, CostDetails, PromptTokensDetails, CompletionTokensDetails, ServerToolUse } from './wire/usage.ts';
export type {
  WebSearchParameters,
  WebSearchEngine,
  WebSearchMode,
  SearchContextSize,
  UserLocation,
  XSearchOptions,
  WebSearchOptions,
} from './wire/web-search.ts';
