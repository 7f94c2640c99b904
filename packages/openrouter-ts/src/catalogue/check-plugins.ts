import { type CheckedRequest, finding, type RequestFinding } from './request-finding.ts';

/** Routers read the settings of their own plugin, and of no other. */
const routers: Readonly<Record<string, string>> = {
  'auto-router': 'openrouter/auto',
  'auto-beta-router': 'openrouter/auto-beta',
  'pareto-router': 'openrouter/pareto-code',
};

const known: ReadonlySet<string> = new Set([
  ...Object.keys(routers),
  'web',
  'web-fetch',
  'file-parser',
  'response-healing',
  'context-compression',
  'moderation',
  'fusion',
  'switchyard-router',
]);

/**
 * Finds plugins that do nothing for this request.
 *
 * @see https://openrouter.ai/docs/guides/routing/routers/auto-router
 * @param checked - the request and what it is held against
 * @returns what was found
 */
export function checkPlugins({ request, model }: CheckedRequest): readonly RequestFinding[] {
  const hasForm = request.response_format !== undefined && request.response_format.type !== 'text';
  return (request.plugins ?? []).flatMap(({ id, enabled }, index) => {
    const path = `plugins.${index}`;
    const router = routers[id];
    if (enabled === false) return [];
    if (!known.has(id)) return [finding('warning', 'plugin-unknown', path, `No plugin "${id}" is known here.`)];
    if (router !== undefined && router !== model.id)
      return [
        finding('dropped', 'plugin-ignored', path, `Only ${router} reads the plugin ${id}; ${model.id} does not.`),
      ];
    if (id !== 'response-healing') return [];
    if (request['stream'] === true)
      return [
        finding('dropped', 'plugin-ignored', path, 'response-healing repairs whole answers only, and no streams.'),
      ];
    return hasForm
      ? []
      : [finding('dropped', 'plugin-ignored', path, 'response-healing repairs JSON only: it needs a response_format.')];
  });
}
