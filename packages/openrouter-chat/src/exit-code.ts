/** What the shell is told. Scripts rely on these numbers: they do not change. */
export const exitCode = {
  ok: 0,
  /** Something unexpected, as a rule a bug. */
  unexpected: 1,
  /** The command line makes no sense, or there is nothing to ask. */
  usage: 2,
  /** There is no key, or a setting cannot work. */
  notConfigured: 3,
  keyRejected: 4,
  noCredits: 5,
  rateLimited: 6,
  modelUnavailable: 7,
  /** Too long, blocked by moderation, or refused. */
  inputRejected: 8,
  /** OpenRouter or a provider failed; part of the answer may have been printed. */
  upstreamFailed: 9,
  networkFailed: 10,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;
