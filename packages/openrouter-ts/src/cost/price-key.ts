/** What the API has a price for, by the names that its price lists use. */
export const priceKeys = [
  'prompt',
  'completion',
  'request',
  'image',
  'image_output',
  'image_token',
  'audio',
  'audio_output',
  'input_audio_cache',
  'input_cache_read',
  'input_cache_write',
  'input_cache_write_1h',
  'internal_reasoning',
  'web_search',
] as const;

/** One of the things that the API has a price for. */
export type PriceKey = (typeof priceKeys)[number];
