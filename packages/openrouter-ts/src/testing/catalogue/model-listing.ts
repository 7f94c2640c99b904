import type { Model } from '../../wire/model.ts';
import { canonicalSlug } from './simulated-model.ts';
import type { SimulatedModel } from './simulated-model.ts';

const defaultLength = 128_000;
const defaultCompletion = 16_384;
const defaultParameters: Model['supported_parameters'] = [
  'max_tokens',
  'response_format',
  'stop',
  'structured_outputs',
  'temperature',
  'tool_choice',
  'tools',
  'top_p',
];

/**
 * A model as `GET /models` lists it.
 *
 * @param model - a model of the catalogue
 * @param models - the catalogue, in which an alias finds its target
 * @returns the entry
 */
export function listingOf(model: SimulatedModel, models: readonly SimulatedModel[]): Model {
  const { reasoning } = model;
  const target = models.find((other) => other.id === model.aliasOf);
  return {
    id: model.id,
    canonical_slug: canonicalSlug(model),
    hugging_face_id: '',
    name: model.name ?? model.id,
    created: createdOf(model),
    description: describe(model),
    context_length: lengthOf(model),
    architecture: architectureOf(model),
    pricing: model.pricing,
    top_provider: {
      context_length: model.routesTo === undefined ? lengthOf(model) : null,
      max_completion_tokens: completionOf(model),
      is_moderated: model.isModerated ?? false,
    },
    per_request_limits: null,
    supported_parameters: [...parametersOf(model)].sort(),
    default_parameters: {},
    supported_voices: null,
    knowledge_cutoff: model.knowledgeCutoff ?? null,
    expiration_date: model.expirationDate ?? null,
    links: { details: `/api/v1/models/${canonicalSlug(model)}/endpoints` },
    ...(reasoning === undefined ? {} : { reasoning: reasoningOf(reasoning) }),
    ...(target === undefined ? {} : { alias_target: { name: target.name ?? target.id, slug: target.id } }),
  };
}

/**
 * What goes into a model and what comes out.
 *
 * @param model - a model of the catalogue
 * @returns its `architecture`
 */
export function architectureOf(model: SimulatedModel): Model['architecture'] {
  const input = model.inputModalities ?? ['text'];
  const output = model.outputModalities ?? ['text'];
  return {
    modality: `${inOrder(input)}->${inOrder(output)}`,
    input_modalities: input,
    output_modalities: output,
    tokenizer: model.tokenizer ?? 'Other',
    instruct_type: null,
  };
}

const modalityOrder: readonly string[] = ['text', 'image', 'file', 'audio', 'video'];

function inOrder(modalities: readonly string[]): string {
  return modalityOrder.filter((modality) => modalities.includes(modality)).join('+');
}

function reasoningOf({
  format: _,
  ...reasoning
}: NonNullable<SimulatedModel['reasoning']>): NonNullable<Model['reasoning']> {
  return reasoning;
}

/**
 * When a model was released.
 *
 * @param model - a model of the catalogue
 * @returns seconds since 1970
 */
export function createdOf(model: SimulatedModel): number {
  return model.created ?? Date.UTC(2025, 0, 1) / 1_000;
}

/**
 * A model's context.
 *
 * @param model - a model of the catalogue
 * @returns tokens, or null for a router
 */
export function lengthOf(model: SimulatedModel): number | null {
  return model.contextLength === undefined ? defaultLength : model.contextLength;
}

/**
 * The longest answer of a model.
 *
 * @param model - a model of the catalogue
 * @returns tokens, or null when it is not known
 */
export function completionOf(model: SimulatedModel): number | null {
  return model.maxCompletionTokens === undefined ? defaultCompletion : model.maxCompletionTokens;
}

/**
 * A description that does not pretend.
 *
 * @param model - a model of the catalogue
 * @returns a sentence
 */
export function describe(model: SimulatedModel): string {
  return `${model.name ?? model.id}, as the simulator knows it: its prices and limits are real, its answers are not.`;
}

/**
 * What requests to a model may say.
 *
 * @param model - a model of the catalogue
 * @returns the names of the parameters
 */
export function parametersOf(model: SimulatedModel): Model['supported_parameters'] {
  return model.supportedParameters ?? defaultParameters;
}
