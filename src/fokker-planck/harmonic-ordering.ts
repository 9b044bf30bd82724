import type { Generator } from "./generator.ts";
import { harmonicLabels } from "./harmonics.ts";
import type { Ordering } from "./sectors.ts";

/** Harmonics by order m, and in an order by degree. */
export const harmonicOrdering = (generator: Generator): Ordering => {
  const { l, m } = harmonicLabels(generator.index);
  return { level: m, rank: l };
};
