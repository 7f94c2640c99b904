/** How probable the tokens of an answer were. */
export interface Logprobs {
  /** The tokens of the text. */
  readonly content?: readonly TokenLogprob[] | null | undefined;
  /** The tokens of the refusal. */
  readonly refusal?: readonly TokenLogprob[] | null | undefined;
  readonly [key: string]: unknown;
}

/** A token that was chosen, and what else could have been. */
export interface TokenLogprob extends TokenAlternative {
  /** The most probable tokens at this place. */
  readonly top_logprobs?: readonly TokenAlternative[] | undefined;
}

/** A token and how probable it was. */
export interface TokenAlternative {
  /** The token as text. */
  readonly token: string;
  /** The natural logarithm of its probability. */
  readonly logprob: number;
  /** Its UTF-8 bytes. A character may be spread over several tokens. */
  readonly bytes?: readonly number[] | null | undefined;
  readonly [key: string]: unknown;
}
