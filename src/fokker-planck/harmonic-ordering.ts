import type { Generator } from "./generator.ts";
import { harmonicLabels } from "./harmonics.ts";
import type { Ordering } from "./sectors.ts";

/** Harmonics sorted by order m, and by degree within an order. */
export const harmonicOrdering = (generator: Generator): Ordering => {
  const { l, m } = harmonicLabels(generator.index);
  return { level: m, rank: l };
};
