export { RateLimitError } from '../errors/status-errors.ts';
export { brokenBody, notAnAnswer, unreadable } from './broken-answer.ts';
export { failedChoice } from './failed-choice.ts';
export { refusal } from './refusal.ts';
export { toConnectionError } from './to-connection-error.ts';
export { tooLarge } from './too-large.ts';
