/** How others have rated a model. */
export interface ModelBenchmarks {
  /** What Artificial Analysis measured. */
  readonly artificial_analysis?: ArtificialAnalysis | undefined;
  /** What voters of Design Arena preferred. */
  readonly design_arena?: readonly DesignArenaEntry[] | undefined;
  readonly [key: string]: unknown;
}

/** The indices of Artificial Analysis. */
export interface ArtificialAnalysis {
  /** In general. */
  readonly intelligence_index?: number | null | undefined;
  /** At writing programs. */
  readonly coding_index?: number | null | undefined;
  /** At working with tools. */
  readonly agentic_index?: number | null | undefined;
  readonly [key: string]: unknown;
}

/** A place in one category of Design Arena. */
export interface DesignArenaEntry {
  /** Such as `models` or `agents`. */
  readonly arena: string;
  /** Such as `website` or `gamedev`. */
  readonly category: string;
  /** The rating by pairwise comparison. */
  readonly elo: number;
  /** 1 is the best of the models on OpenRouter. */
  readonly rank: number;
  /** Percent. */
  readonly win_rate: number;
  readonly [key: string]: unknown;
}
