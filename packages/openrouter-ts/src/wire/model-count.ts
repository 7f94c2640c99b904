/** How many models there are. */
export interface ModelCount {
  /** Of those that were asked for. */
  readonly count: number;
  readonly [key: string]: unknown;
}
