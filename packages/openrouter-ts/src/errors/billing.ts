/**
 * What a failed attempt may have cost.
 *
 * - `none`: nothing was billed; the request was refused or never arrived.
 * - `insured`: OpenRouter reported the failure itself, and does not bill the tokens of such an answer
 *   (side services such as a web search may still be billed).
 * - `possible`: it is not known; the model may have run although its answer did not arrive whole.
 * - `certain`: the answer had been generated when it was lost.
 */
export type Billing = 'none' | 'insured' | 'possible' | 'certain';
