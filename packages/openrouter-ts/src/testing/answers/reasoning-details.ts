import type { ReasoningDetail, ReasoningFormat } from '../../wire/reasoning-detail.ts';

/**
 * A piece of thinking, in the form in which the model's provider tells it.
 *
 * @param text - the thought
 * @param format - whose form it is
 * @returns one entry of `reasoning_details`
 */
export function thought(text: string, format: ReasoningFormat): ReasoningDetail {
  return format === 'openai-responses-v1'
    ? { type: 'reasoning.summary', summary: text, format, index: 0 }
    : { type: 'reasoning.text', text, format, index: 0 };
}

/**
 * What comes after the thoughts of a provider that wants them back unchanged: a signature by itself, or the thoughts encrypted.
 *
 * @param format - whose form it is
 * @returns one entry of `reasoning_details`, or undefined for a provider that sends none
 */
export function seal(format: ReasoningFormat): ReasoningDetail | undefined {
  switch (format) {
    case 'anthropic-claude-v1':
      return { type: 'reasoning.text', signature: 'simulated-signature', format, index: 0 };
    case 'openai-responses-v1':
      return { type: 'reasoning.encrypted', data: 'simulated-thoughts', format, id: 'rs_simulated', index: 0 };
    case 'google-gemini-v1':
      return { type: 'reasoning.encrypted', data: 'simulated-thoughts', format, index: 0 };
    default:
      return undefined;
  }
}

/**
 * The thoughts of a whole answer.
 *
 * @param text - all that was thought
 * @param format - whose form it is
 * @returns the `reasoning_details` of the message
 */
export function wholeThought(text: string, format: ReasoningFormat): readonly ReasoningDetail[] {
  const seen = thought(text, format);
  const sealed = seal(format);
  if (sealed === undefined) return [seen];
  // A signature belongs to the text that it signs; encrypted thoughts are an entry of their own.
  if (sealed.type === seen.type) return [{ ...seen, signature: sealed.signature }];
  return [seen, sealed];
}
