import type { NumericArray } from "./numeric-array.ts";

/**
 * Events and censorings counted in time bins; `edges` has one more entry than the counts and ascends. `remaining` are
 * those still observed after the last edge.
 */
export interface LifeTable {
  readonly edges: NumericArray;
  readonly events: NumericArray;
  /** Ended inside the bin without event; default none. */
  readonly censored?: NumericArray;
  readonly remaining: number;
}
