/**
 * How far an attempt had come when it failed.
 *
 * - `unsent`: no connection yet, nothing was sent
 * - `sent`: the request was on its way, no answer had begun
 * - `answered`: status and headers were there, no output yet
 * - `streaming`: some output had arrived
 * - `finished`: the model had said why it stopped; only usage and the end mark were due
 */
export type Phase = 'unsent' | 'sent' | 'answered' | 'streaming' | 'finished';
