/** Money that is set aside for one attempt until it is known what the attempt cost. */
export interface Reservation {
  /** It is known: an exact decimal, `units` times ten to the power of minus `scale`. */
  settle(usd: { readonly units: bigint; readonly scale: number }): void;
  /** It is not known, and the money stays set aside until it is. */
  hold(): void;
}
