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
