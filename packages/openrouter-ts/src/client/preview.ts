export { checkInCatalogue, estimateRequest } from '../catalogue/preview.ts';
export { UsageLearner } from '../cost/usage-learner.ts';
export { isChatRequest } from './is-chat-request.ts';
