/**
 * Tells whether a model is one of those that cost nothing by their name, and share OpenRouter's limits for them.
 *
 * @param model - its id
 * @returns true for `…:free` and for the router over free models
 * @see https://openrouter.ai/docs/api-reference/limits
 */
export function isFreeModel(model: string | undefined): boolean {
  return model !== undefined && (model.endsWith(':free') || model === 'openrouter/free');
}
