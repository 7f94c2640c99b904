import type { ChatRequest } from '../wire/chat-request.ts';

/** What OpenRouter itself does for an answer, at most. */
export interface ServerWork {
  /** How often the model is asked, each time with the whole prompt. */
  readonly rounds: number;
  /** How many searches are made. */
  readonly searches: number;
  /** How many results each of them may bring. */
  readonly resultsPerSearch: number;
}

/** What OpenRouter allows when a request says nothing. */
const mostToolCalls = 30;

/** How often a provider's own search may search for one answer. Nobody says; ten are more than recorded answers have. */
const mostNativeSearches = 10;

/** Tools and plugins that ask other models, whose tokens are in no count of the answer and whose prices are others. Deep research does too. */
const otherModels: ReadonlySet<string> = new Set([
  'openrouter:advisor',
  'openrouter:subagent',
  'openrouter:fusion',
  'openrouter:image_generation',
  'fusion',
]);

const searchTool = /^(?:openrouter:)?web_search/;

/**
 * The most that OpenRouter does on its own for an answer: rounds of its tools, and searches.
 *
 * @see https://openrouter.ai/docs/guides/features/server-tools/web-search
 * @param request - the request
 * @param modelId - the model that is to answer
 * @returns undefined when other models may be asked as well, of which nothing is known
 */
export function serverWork(request: ChatRequest, modelId: string): ServerWork | undefined {
  const tools = (request.tools ?? []).filter(({ type }) => type !== 'function');
  const plugins = (request.plugins ?? []).filter(({ enabled }) => enabled !== false);
  const names = [...tools.map(({ type }) => type), ...plugins.map(({ id }) => id)];
  if (names.some((name) => otherModels.has(name)) || modelId.includes('deep-research')) return undefined;
  const rounds = tools.length > 0 || plugins.some(({ id }) => id === 'web-fetch') ? mostRounds(request) : 1;
  const plugin = plugins.find(({ id }) => id === 'web');
  const isOnline = /:online\b/.test(`${modelId} ${request.model ?? ''}`);
  const searchesItself =
    plugin !== undefined || isOnline || request.web_search_options !== undefined || /\/sonar|-search\b/.test(modelId);
  const searches = searchesItself ? Math.max(mostNativeSearches, count(memberOf(plugin, 'max_uses'))) : 0;
  const searchTools = tools.filter(({ type }) => searchTool.test(type));
  const wanted = [plugin, ...searchTools].map((each) => results(each));
  return {
    rounds,
    searches: searches + (searchTools.length > 0 ? rounds : 0),
    resultsPerSearch: Math.max(10, ...wanted),
  };
}

/** One answer for each call, one for what was pending at the limit, and the last one. */
function mostRounds({ max_tool_calls: most, stop_server_tools_when: conditions }: ChatRequest): number {
  const steps = (conditions ?? []).map((condition) => count(memberOf(condition, 'step_count'))).filter((n) => n > 0);
  if (conditions != null && conditions.length > 0) return Math.min(mostToolCalls, ...steps) + 2;
  return (most === undefined ? mostToolCalls : count(most)) + 2;
}

function results(asked: object | undefined): number {
  const own = memberOf(asked, 'parameters');
  const nested = typeof own === 'object' && own !== null ? count(memberOf(own, 'max_results')) : 0;
  return Math.max(nested, count(memberOf(asked, 'max_results')));
}

function memberOf(object: object | undefined, name: string): unknown {
  return object === undefined ? undefined : Reflect.get(object, name);
}

function count(value: unknown): number {
  return typeof value === 'number' && value > 0 ? Math.ceil(value) : 0;
}
