/** What an endpoint answers that lists everything at once. */
export interface ItemList<Item> {
  /** The items. */
  readonly data: readonly Item[];
  readonly [key: string]: unknown;
}
