import type { NumericArray } from "./numeric-array.ts";

/**
 * Events and censorings counted in time bins; `edges` has one more entry than the counts and ascends. Who is still watched
 * after the last edge is `remaining`.
 */
export interface LifeTable {
  readonly edges: NumericArray;
  readonly events: NumericArray;
  /** Ended inside the bin without event; default none. */
  readonly censored?: NumericArray;
  readonly remaining: number;
}
