import type { SimulatedModel } from '../catalogue/simulated-model.ts';
import type { ReplyOptions } from './reply-options.ts';
import type { Random } from '../seeded-random.ts';
import { between } from '../seeded-random.ts';
import type { ChatRequestFacts } from './read-chat-request.ts';
import { sampleJson } from './sample-json.ts';
import { splitIntoTokens } from './split-into-tokens.ts';

/** A PNG of one transparent pixel. */
const onePixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const remarks: readonly string[] = [
  'No model was asked: the simulator made these words up from a seed.',
  'It arrives in small pieces when it is streamed, so that there is something to watch.',
  'The tokens are counted roughly, and priced exactly as the catalogue says.',
  'The same question with the same seed gets the same answer again.',
  'Real models are better company, but they cost money and need a network.',
  'Nothing here is true, useful or wise; it only has the right shape.',
];

/**
 * Makes up what a simulated model says when no test has told it. It never pretends to be a model: the text says that it is simulated.
 *
 * @param facts - what was asked
 * @param model - who is asked
 * @param random - what chooses among the remarks
 * @returns the reply: a tool call, JSON after the requested schema, an image, or a few sentences
 */
export function composeReply(facts: ChatRequestFacts, model: SimulatedModel, random: Random): ReplyOptions {
  const reasoning = composeReasoning(facts, model);
  const tool = toolToCall(facts);
  if (tool !== undefined) {
    return { reasoning, content: null, toolCalls: [{ name: tool.name, arguments: sampleJson(tool.parameters) }] };
  }
  if (facts.modalities.includes('image')) return { content: null, images: [onePixel] };
  const text =
    facts.schema === undefined ? composeText(facts, model, random) : JSON.stringify(sampleJson(facts.schema));
  return cutToLength(reasoning, splitIntoTokens(text), facts.maxTokens);
}

/** Thoughts count like words against the most that may be said. */
function cutToLength(reasoning: readonly string[], content: readonly string[], maxTokens: number): ReplyOptions {
  const thoughts = reasoning.slice(0, maxTokens);
  const words = content.slice(0, maxTokens - thoughts.length);
  const whole = thoughts.length + words.length === reasoning.length + content.length;
  return { reasoning: thoughts, content: words, ...(whole ? {} : { finishReason: 'length' }) };
}

function composeReasoning(facts: ChatRequestFacts, model: SimulatedModel): readonly string[] {
  const thinks = model.reasoning !== undefined && (model.reasoning.mandatory || facts.wantsReasoning);
  if (!thinks || facts.excludesReasoning) return [];
  return splitIntoTokens('The user expects an answer. This is a simulation, so a few sentences that say so will do.');
}

/** With a free choice, a tool is called when the question names it and nothing has come back from a tool yet. */
function toolToCall(facts: ChatRequestFacts): ChatRequestFacts['tools'][number] | undefined {
  const { type, name } = facts.toolChoice;
  if (type === 'none' || facts.toolResult !== undefined) return undefined;
  if (type === 'required') return facts.tools[0];
  return facts.tools.find((tool) => (type === 'function' ? tool.name === name : facts.question.includes(tool.name)));
}

function composeText(facts: ChatRequestFacts, model: SimulatedModel, random: Random): string {
  const start = between(random, 0, remarks.length - 1);
  const sentences = [`This is a simulated answer from ${model.id}.`];
  if (facts.question !== '') sentences.push(`You wrote: “${shorten(facts.question)}”`);
  if (facts.toolResult !== undefined) sentences.push(`The tool said: “${shorten(facts.toolResult)}”`);
  for (let index = 0; index < 3; index += 1) sentences.push(remarks[(start + index) % remarks.length] ?? '');
  return sentences.join(' ');
}

function shorten(text: string): string {
  const characters = Array.from(text.replaceAll(/\s+/g, ' ').trim());
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : characters.join('');
}
