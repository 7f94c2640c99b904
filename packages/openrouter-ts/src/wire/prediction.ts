/** What much of the answer will probably be: models that can use it answer faster. */
export interface Prediction {
  /** There is only one kind so far. */
  readonly type: 'content';
  /** The expected text. */
  readonly content: string | readonly PredictedText[];
}

/** A piece of the expected answer. */
export interface PredictedText {
  /** The kind of part. */
  readonly type: 'text';
  /** The text itself. */
  readonly text: string;
}
