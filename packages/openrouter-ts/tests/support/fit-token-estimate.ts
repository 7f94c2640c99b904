import type { FamilyCoefficients } from '../../src/cost/family-coefficients.ts';
import { familyOf, modelFamilies, type ModelFamily } from '../../src/cost/model-family.ts';
import type { PromptFeatures } from '../../src/cost/prompt-features.ts';
import { asksToThink, featuresFor, promptTokens } from '../../src/cost/token-estimate.ts';
import type { RecordedPrompt } from './recorded-prompt.ts';

/** The coefficients of every family. */
export type Coefficients = Readonly<Record<ModelFamily, FamilyCoefficients>>;

/** A recording as the fit sees it. */
export interface Specimen {
  readonly family: ModelFamily;
  readonly features: PromptFeatures;
  /** The tokens that the answer told, without what does not depend on the coefficients. */
  readonly tokens: number;
}

/** Tokens = fixed + slope × variable + what is known already. */
interface Point {
  readonly variable: number;
  readonly known: number;
  readonly tokens: number;
}

type Line = readonly [fixed: number, slope: number];

/** What is expected before anything was seen, and by how much a family may well differ from it: OpenAI's documented 3 and 4, and plain JSON. */
const expected = {
  messages: { line: [3, 4], spread: [15, 1] },
  tools: { line: [20, 1], spread: [150, 0.3] },
} as const;

/** How much the others count for one family. A fit that is not held back by them follows the few recordings that some families have. */
const fromOthers = 0.05;
const fromExpected = 0.01;

/**
 * Prepares a recording for the fit.
 *
 * @param recorded - the recording
 * @returns what its length depends on, and its length
 */
export function specimenOf({ model, request, usage }: RecordedPrompt): Specimen {
  const family = familyOf(model);
  const thinking = family === 'anthropic' && asksToThink(request) ? 29 : 0;
  return { family, features: featuresFor(request, model), tokens: usage.prompt_tokens - thinking };
}

/**
 * Fits the coefficients: four numbers a family, two of them from the recordings without tools alone. The distance that is made small is that of the
 * logarithms, not squared, so that neither long prompts nor odd ones decide.
 *
 * @param specimens - the recordings
 * @returns the coefficients of all families; those of which nothing was seen have what is usual
 */
export function fitCoefficients(specimens: readonly Specimen[]): Coefficients {
  const plain = specimens.filter(({ features }) => features.tools === 0);
  const messages = fitFamilies(plain, expected.messages, ({ features, tokens }) => ({
    variable: features.messages,
    known: withoutTools(features, [0, 0]),
    tokens,
  }));
  const tools = fitFamilies(
    specimens.filter(({ features }) => features.tools > 0),
    expected.tools,
    ({ family, features, tokens }) => ({
      variable: features.toolText,
      known: withoutTools(features, messages[family]),
      tokens,
    }),
  );
  return byFamily((family) => ({
    perRequest: rounded(messages[family][0]),
    perMessage: rounded(messages[family][1]),
    withTools: Math.round(tools[family][0]),
    perToolToken: rounded(tools[family][1]),
  }));
}

/**
 * Estimates each recording by coefficients that were fitted without it.
 *
 * @param specimens - the recordings
 * @param groups - for each, what must not be both in the fit and in the test
 * @returns the estimates, in the same order
 */
export function crossValidated(specimens: readonly Specimen[], groups: readonly string[]): readonly number[] {
  const estimates = new Map<Specimen, number>();
  for (const group of new Set(groups)) {
    const isHeldOut = (_: Specimen, index: number): boolean => groups[index] === group;
    const coefficients = fitCoefficients(specimens.filter((specimen, index) => !isHeldOut(specimen, index)));
    for (const specimen of specimens.filter(isHeldOut)) {
      const { features, family } = specimen;
      estimates.set(specimen, Math.max(1, Math.round(promptTokens(features, coefficients[family]))));
    }
  }
  return specimens.map((specimen) => estimates.get(specimen) ?? 0);
}

function withoutTools(features: PromptFeatures, [perRequest, perMessage]: Line): number {
  return promptTokens({ ...features, tools: 0 }, { perRequest, perMessage, withTools: 0, perToolToken: 0 });
}

function fitFamilies(
  specimens: readonly Specimen[],
  { line, spread }: { readonly line: Line; readonly spread: Line },
  toPoint: (specimen: Specimen) => Point,
): Readonly<Record<ModelFamily, Line>> {
  const held = (strength: number): Line => [strength / spread[0] ** 2, strength / spread[1] ** 2];
  const usual = fitLine(specimens.map(toPoint), line, held(fromExpected));
  return byFamily((family) => {
    const own = specimens.filter((specimen) => specimen.family === family);
    return own.length === 0 ? usual : fitLine(own.map(toPoint), usual, held(fromOthers));
  });
}

/** Least absolute deviations by least squares with weights that are chosen anew each time. */
function fitLine(points: readonly Point[], start: Line, hold: Line): Line {
  let [fixed, slope] = start;
  for (let round = 0; round < 60; round += 1) {
    let [a, b, c, d, e] = [hold[0], 0, hold[1], hold[0] * start[0], hold[1] * start[1]];
    for (const { variable, known, tokens } of points) {
      const estimate = Math.max(1, fixed + slope * variable + known);
      const off = Math.max(0.03, Math.abs(Math.log(estimate / tokens)));
      const weight = 1 / (tokens * Math.max(estimate, tokens / 10) * off);
      a += weight;
      b += weight * variable;
      c += weight * variable ** 2;
      d += weight * (tokens - known);
      e += weight * variable * (tokens - known);
    }
    const determinant = a * c - b * b;
    fixed = (d * c - b * e) / determinant;
    slope = (a * e - b * d) / determinant;
  }
  return [fixed, slope];
}

function byFamily<Value>(value: (family: ModelFamily) => Value): Readonly<Record<ModelFamily, Value>> {
  return Object.fromEntries(modelFamilies.map((family) => [family, value(family)])) as Record<ModelFamily, Value>;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
