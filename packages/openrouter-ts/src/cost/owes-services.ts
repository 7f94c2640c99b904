import type { ApiRequest } from '../http/api-request.ts';
import { isJsonObject } from '../util/json.ts';

/**
 * Tells whether a request may have costs beside its tokens, such as those of a web search: OpenRouter may bill them even where it bills no tokens
 * because the model failed.
 *
 * @see https://openrouter.ai/docs/guides/features/zero-completion-insurance
 * @param request - the request
 * @returns false for one that only asks a model
 */
export function owesServices({ body }: Pick<ApiRequest, 'body'>): boolean {
  const { plugins, tools, web_search_options: search, model } = body ?? {};
  return (
    (Array.isArray(plugins) && plugins.length > 0) ||
    (Array.isArray(tools) && tools.some((tool) => !isJsonObject(tool) || tool['type'] !== 'function')) ||
    isJsonObject(search) ||
    (typeof model === 'string' && model.endsWith(':online'))
  );
}
