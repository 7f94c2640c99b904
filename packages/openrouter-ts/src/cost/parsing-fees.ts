import type { ChatRequest } from '../wire/chat-request.ts';
import type { Model } from '../wire/model.ts';
import { type Decimal, zero } from './decimal.ts';
import { multiply } from './decimal-arithmetic.ts';
import type { RequestContent } from './request-content.ts';

/** What the parser that costs something charges for a page, in USD. */
const perPage: Decimal = { units: 2n, scale: 3 };

/** Fewer characters of base64 than a page of a document has that has anything on it. */
const charactersPerPage = 1_024;

const freeEngines: ReadonlySet<unknown> = new Set(['native', 'cloudflare-ai', 'pdf-text']);

/**
 * More than OpenRouter charges for reading the files of a request. What the model reads itself, and what the free parser does, costs nothing.
 *
 * @see https://openrouter.ai/docs/guides/overview/multimodal/pdfs
 * @param request - the request
 * @param model - the model that is to answer
 * @param content - what is in the request
 * @returns USD, or undefined when a file lies elsewhere and nobody knows how many pages it has
 */
export function parsingFees({ plugins }: ChatRequest, model: Model, { media }: RequestContent): Decimal | undefined {
  const files = media.filter(({ type }) => type === 'file');
  const engine = plugins?.map((plugin) => ('pdf' in plugin ? engineOf(plugin.pdf) : undefined)).find(Boolean);
  const isFree = engine === undefined ? model.architecture.input_modalities.includes('file') : freeEngines.has(engine);
  if (isFree || files.length === 0) return zero;
  if (files.some(({ source }) => !source.startsWith('data:'))) return undefined;
  const pages = files.reduce((sum, { source }) => sum + Math.ceil(source.length / charactersPerPage), 0);
  return multiply(perPage, { units: BigInt(pages), scale: 0 });
}

function engineOf(pdf: unknown): unknown {
  return typeof pdf === 'object' && pdf !== null && 'engine' in pdf ? pdf.engine : undefined;
}
