import type { Model } from '../wire/model.ts';
import { editDistance } from './edit-distance.ts';

const mostSuggestions = 3;

/** What differs in more letters than the likeliest and these is noise beside it. */
const mostBehind = 2;

/**
 * Says what a misspelled id may have been meant to be: ids of the catalogue that differ from it in a few letters, or whose slug does when the
 * author was left out.
 *
 * @param id - as it was typed
 * @param models - the catalogue
 * @returns up to three ids, the likeliest first; an id that is there is its own suggestion
 */
export function suggestIds(id: string, models: readonly Model[]): readonly string[] {
  const typed = id.trim().toLowerCase();
  // A third of the letters, as a rule of thumb: with more of them changed any two names of models are alike.
  const most = Math.max(1, Math.floor(typed.length / 3));
  const close = models
    .map((model) => ({ id: model.id, distance: distanceTo(model, typed, most) }))
    .filter(({ distance }) => distance <= most);
  const least = Math.min(...close.map(({ distance }) => distance));
  return close
    .filter(({ distance }) => distance <= least + mostBehind)
    .sort((left, right) => left.distance - right.distance || (left.id < right.id ? -1 : 1))
    .slice(0, mostSuggestions)
    .map((found) => found.id);
}

function distanceTo({ id, canonical_slug: slug }: Model, typed: string, most: number): number {
  const names = [id, slug].filter((name) => typeof name === 'string');
  const forms = typed.includes('/') ? names : [...names, ...names.map((name) => name.replace(/^[^/]*\//, ''))];
  return Math.min(...forms.map((form) => editDistance(typed, form.toLowerCase(), most)));
}
