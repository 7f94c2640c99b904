/**
 * What a request names: author and slug, perhaps with a variant such as `:free`. The ids spelled out here are for completion in an editor;
 * those with `~` always stand for the latest model of their family, and those of `openrouter` choose a model themselves.
 *
 * @see https://openrouter.ai/docs/guides/overview/models
 */
export type ModelId =
  | '~anthropic/claude-haiku-latest'
  | '~anthropic/claude-opus-latest'
  | '~anthropic/claude-sonnet-latest'
  | '~google/gemini-flash-latest'
  | '~google/gemini-pro-latest'
  | '~openai/gpt-latest'
  | '~openai/gpt-mini-latest'
  | 'openai/gpt-4o-mini'
  | 'openrouter/auto'
  | 'openrouter/free'
  | (string & {});
