import type { ApiError } from 'openrouter-ts';
import { exitCode } from '../exit-code.ts';
import type { Failure, FailurePlace } from './failure.ts';
import { reasonOf } from './reason-of.ts';

/**
 * Tells whether a refusal is about the model, whatever its status.
 *
 * @param error - the refusal
 * @returns true when another model, or another setting for providers, would help
 */
export function isAboutModel(error: ApiError): boolean {
  const message = error.body?.message ?? '';
  return error.body?.availability !== undefined || /is not a valid model id|no models provided/i.test(message);
}

/**
 * Explains that a model does not exist, or that no provider is left for it.
 *
 * @param error - the refusal
 * @param place - where it came
 * @returns the words
 */
export function explainModel(error: ApiError, place: FailurePlace): Failure {
  const why = reasonOf(error);
  const { code, fallback_models: successors = [] } = error.body?.availability ?? {};
  const isUnknown = code === 'model_not_found' || /is not a valid model id/i.test(why);
  const isPrivacy = code === 'privacy_restricted' || /data policy/i.test(why);
  return {
    what: isUnknown ? `There is no model ${place.model}.` : `${place.model} cannot answer this request.`,
    why,
    advice: [
      ...successors.slice(0, 3).map((model) => `Instead: ${place.command === 'chat' ? '/model' : 'orc -m'} ${model}`),
      ...(isPrivacy
        ? ['Your privacy settings may exclude every provider: https://openrouter.ai/settings/privacy']
        : []),
      ...(isPrivacy || successors.length > 0 ? [] : ['All models and their ids: https://openrouter.ai/models']),
    ],
    exitCode: exitCode.modelUnavailable,
  };
}
