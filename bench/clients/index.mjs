/**
 * The clients that are compared, in the order of the tables.
 */

/**
 * @typedef {object} Answer
 * @property {string} text
 * @property {string} [toolArguments]
 * @property {unknown} kept whatever else the client handed over, to look for facts in
 */

/**
 * @typedef {object} Client
 * @property {(request: object) => Promise<Answer>} ask
 * @property {(request: object) => Promise<Answer>} stream
 */

/** @typedef {(options: { apiKey: string, baseURL: string }) => Promise<Client>} OpenClient */

/**
 * @typedef {object} Candidate
 * @property {string} id also the name of its module
 * @property {string} title
 * @property {readonly string[]} packages what a program that uses it imports; empty where Node has it built in
 * @property {string} [chatCall] the smallest program that makes a chat call, for the size of its bundle
 */

/** The client that the others are measured in units of. */
export const BASELINE = 'bare-fetch';

/** This project's own client. */
export const OURS = 'openrouter-ts';

/** @type {readonly Candidate[]} */
export const CLIENTS = [
  { id: BASELINE, title: 'bare `fetch` + JSON', packages: [] },
  {
    id: 'openai',
    title: '`openai`',
    packages: ['openai'],
    chatCall: `import OpenAI from 'openai';
      console.log(await new OpenAI({ apiKey: 'k' }).chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] }));`,
  },
  {
    id: 'openrouter-sdk',
    title: '`@openrouter/sdk`',
    packages: ['@openrouter/sdk'],
    chatCall: `import { OpenRouter } from '@openrouter/sdk';
      console.log(await new OpenRouter({ apiKey: 'k' }).chat.send({ chatRequest: { model: 'm', messages: [{ role: 'user', content: 'Hi' }] } }));`,
  },
  {
    id: 'ai-sdk',
    title: '`ai` + provider',
    packages: ['ai', '@openrouter/ai-sdk-provider'],
    chatCall: `import { generateText } from 'ai';
      import { createOpenRouter } from '@openrouter/ai-sdk-provider';
      console.log(await generateText({ model: createOpenRouter({ apiKey: 'k' }).chat('m'), prompt: 'Hi' }));`,
  },
  { id: 'floor', title: 'floor (`node:http` + `JSON.parse`)', packages: [] },
  { id: 'openrouter-ts-plain', title: 'openrouter-ts as it comes', packages: [] },
  {
    id: OURS,
    title: '**openrouter-ts**, every policy on',
    packages: ['openrouter-ts'],
    chatCall: `import { OpenRouter } from 'openrouter-ts';
      console.log(await new OpenRouter({ apiKey: 'k' }).chat.create({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] }));`,
  },
];

/**
 * @param {string} id
 * @returns {Promise<OpenClient>}
 */
export async function loadClient(id) {
  const { open } = await import(`./${id}.mjs`);
  return open;
}
