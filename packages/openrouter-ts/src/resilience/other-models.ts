export { Cooldowns } from './cooldown.ts';
export { fallback } from './fallback.ts';
