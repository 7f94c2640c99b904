import { OURS } from './clients/index.mjs';

/**
 * What openrouter-ts may cost at most. For the workloads: CPU time, that of bare `fetch` being 1.
 */
export const CEILINGS = {
  calls: 0.45,
  'calls-64': 0.4,
  stream: 0.85,
  'stream-batched': 0.85,
  'streams-100': 0.9,
  importMs: 25,
  nodeBundleKb: 15,
  browserBundleKb: 15,
  installedMb: 2,
  installedPackages: 1,
};

/**
 * The figures of openrouter-ts in a run, under the names of their ceilings; what was not measured is left out.
 * @param {import('./run.mjs').Results} results
 * @returns {Record<string, number>}
 */
function figures({ costs = {}, imports, bundles, installed }) {
  const all = {
    ...Object.fromEntries(Object.entries(costs).map(([workload, byClient]) => [workload, byClient[OURS]?.ratio])),
    importMs: imports?.[OURS],
    nodeBundleKb: bundles?.[OURS] && (bundles[OURS].node?.initialKb ?? Infinity),
    browserBundleKb: bundles?.[OURS] && (bundles[OURS].browser?.initialKb ?? Infinity),
    installedMb: installed?.[OURS]?.megabytes,
    installedPackages: installed?.[OURS]?.packages,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/**
 * One line for each ceiling that a run is above; a run that measured nothing of ours is above them too.
 * @param {import('./run.mjs').Results} results
 * @returns {string[]}
 */
export function exceededCeilings(results) {
  const measured = Object.entries(figures(results));
  if (measured.length === 0)
    return ['Nothing of openrouter-ts was measured, so nothing can be said about its ceilings.'];
  return measured
    .filter(([name, value]) => !(value <= CEILINGS[name]))
    .map(
      ([name, value]) =>
        `${name}: ${value === Infinity ? 'fails' : value.toFixed(2)}, and the ceiling is ${CEILINGS[name]}`,
    );
}
