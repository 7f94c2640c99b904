import type { ModelFamily } from './model-family.ts';
import type { RequestMedia } from './request-content.ts';

/** A picture of the usual size, at the usual detail. The size of the file says little of that of the picture. */
const perImage: Readonly<Partial<Record<ModelFamily, number>>> = { openai: 765, anthropic: 1_500, google: 258 };
const perOtherImage = 1_000;

/** Where the model is told not to look closely. */
const perImageAtLowDetail = 85;

/** Some 25 tokens a second of sound, of which a second is some 20,000 characters of base64. */
const charactersPerAudioToken = 800;

/** Some 260 tokens a second of film, of which a second is some 250,000 characters of base64. There is one second at least. */
const perVideo = 260;
const charactersPerVideoToken = 1_000;

/** A page has some 600 tokens, and some 40,000 characters of base64. There is one page at least. */
const perFile = 600;
const charactersPerFileToken = 65;

/** What lies elsewhere is taken for half a minute of film, or five pages. */
const perVideoElsewhere = 7_800;
const perFileElsewhere = 3_000;

/**
 * Estimates how many tokens a picture, sound, film or file is. Nothing here looks into it, so that the estimate is rough.
 *
 * @param media - what it is
 * @param family - who is to see it
 * @returns tokens
 */
export function mediaTokens({ type, source, detail }: RequestMedia, family: ModelFamily): number {
  const isElsewhere = source === '' || /^https?:/i.test(source);
  if (type === 'image') return detail === 'low' ? perImageAtLowDetail : (perImage[family] ?? perOtherImage);
  if (type === 'audio') return Math.ceil(source.length / charactersPerAudioToken);
  if (type === 'video') return isElsewhere ? perVideoElsewhere : perVideo + source.length / charactersPerVideoToken;
  return isElsewhere ? perFileElsewhere : perFile + source.length / charactersPerFileToken;
}
