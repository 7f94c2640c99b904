import { isFreeModel } from './is-free-model.ts';

/**
 * Finds the models that may stand in for another: a free model is not replaced by one that costs money unless the caller said so.
 *
 * @param model - the model to stand in for
 * @param others - the caller's list
 * @param allowPaid - whether a model that costs money may stand in for a free one
 * @returns those of the list that may, in its order, each once
 */
export function standIns(model: string, others: readonly string[], allowPaid: boolean): readonly string[] {
  const mayPay = allowPaid || !isFreeModel(model);
  return [...new Set(others)].filter((other) => other !== model && (mayPay || isFreeModel(other)));
}
