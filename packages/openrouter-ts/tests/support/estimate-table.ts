import { crossValidated, specimenOf } from './fit-token-estimate.ts';
import type { RecordedPrompt } from './recorded-prompt.ts';

/** How far estimates are off, as fractions of what it was. */
export interface Errors {
  readonly count: number;
  readonly median: number;
  readonly p75: number;
  readonly p90: number;
}

/** Errors of requests without and with tools. */
export interface ErrorsByTools {
  readonly plain: Errors;
  readonly tools: Errors;
}

/** A way to estimate, and what came of it. */
export interface Estimation {
  readonly name: string;
  readonly errors: ErrorsByTools;
}

/**
 * Measures the estimate beside the rule of thumb. What is estimated is never in what the coefficients were fitted to.
 *
 * @param prompts - the recordings
 * @returns the ways to estimate, the rule of thumb first
 */
export function estimationErrors(prompts: readonly RecordedPrompt[]): readonly Estimation[] {
  const specimens = prompts.map(specimenOf);
  const said = prompts.map(({ request: { messages, tools, response_format: format } }) =>
    JSON.stringify([messages, tools, format]),
  );
  const saidToModel = prompts.map(({ model }, index) => `${model} ${said[index]}`);
  const errorsOf = (estimates: readonly number[]): ErrorsByTools => {
    const off = prompts.map(({ usage, request }, index) => ({
      hasTools: (request.tools ?? []).length > 0,
      error: Math.abs((estimates[index] ?? 0) / usage.prompt_tokens - 1),
    }));
    const those = (hasTools: boolean): Errors =>
      summary(off.filter((each) => each.hasTools === hasTools).map(({ error }) => error));
    return { plain: those(false), tools: those(true) };
  };
  const byCharacters = said.map((text) => text.length / 4);
  const byContent = prompts.map(({ request }) => contentLength(request.messages) / 4);
  return [
    { name: 'characters of the contents ÷ 4', errors: errorsOf(byContent) },
    { name: 'characters of the JSON ÷ 4', errors: errorsOf(byCharacters) },
    {
      name: 'ours, with no recording of the same request to the same model in the fit',
      errors: errorsOf(crossValidated(specimens, saidToModel)),
    },
    {
      name: 'ours, with no recording of the same request to any model in the fit',
      errors: errorsOf(crossValidated(specimens, said)),
    },
  ];
}

/**
 * Writes the errors down in Markdown.
 *
 * @param estimations - the ways to estimate
 * @returns the table
 */
export function estimateTable(estimations: readonly Estimation[]): string {
  const head = ['estimate', 'without tools: median', '75 %', '90 %', 'with tools: median', '75 %', '90 %'];
  const rows = estimations.map(({ name, errors: { plain, tools } }) => [name, ...cells(plain), ...cells(tools)]);
  const [first] = estimations;
  const counts = `${first?.errors.plain.count} recorded requests of text without tools, ${first?.errors.tools.count} with tools.`;
  const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  return `${counts} How far the estimate is from the tokens of the prompt that the answer told:\n\n${table}`;
}

function cells({ median, p75, p90 }: Errors): readonly string[] {
  return [median, p75, p90].map((error) => `${(error * 100).toFixed(1)} %`);
}

function summary(errors: readonly number[]): Errors {
  const sorted = [...errors].sort((left, right) => left - right);
  const at = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return { count: sorted.length, median: at(0.5), p75: at(0.75), p90: at(0.9) };
}

function contentLength(messages: readonly { readonly content?: unknown }[]): number {
  return messages.reduce((sum, { content }) => {
    const text = typeof content === 'string' ? content : Array.isArray(content) ? texts(content) : '';
    return sum + text.length;
  }, 0);
}

function texts(parts: readonly unknown[]): string {
  return parts.map((part) => (typeof part === 'object' && part !== null && 'text' in part ? part.text : '')).join('');
}
