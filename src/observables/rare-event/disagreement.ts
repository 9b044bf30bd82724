import type { SplittingCounts } from "../../ensemble/splitting/counts.ts";
import { summaryOfIslands } from "../../statistics/islands.ts";

/**
 * If the islands of two importance functions differ by more than this many standard errors, neither figure is given.
 */
const unlike = 4;

/**
 * Compares the islands of two importance functions: gives the reason to trust neither, or the factor by which the error
 * grows.
 */
export type Disagreement = { readonly reason: string } | { readonly widening: number };

/**
 * Islands with a bad function may all miss the same rare spins, so that their scatter is too small. If the difference
 * between the two kinds exceeds its standard error, the error grows by the ratio, as is usual for averages of
 * inconsistent measurements (Particle Data Group, Phys. Rev. D 110 (2024) 030001, introduction, "Unconstrained
 * averaging").
 */
export function disagreement({ logs, source, rival }: SplittingCounts): Disagreement {
  if (!rival) return { widening: 1 };
  const [a, b] = [0, 1].map((parity) => summaryOfIslands(logs.filter((_, island) => island % 2 === parity)));
  const seen = (who: string): string => `the islands with ${who} met no event`;
  if (a.value === null) return { reason: seen(`the importance function ${source}`) };
  if (b.value === null) return { reason: seen(rival) };
  const apart = Math.abs(Math.log(a.value / b.value));
  const off = apart / Math.hypot(a.relativeError ?? 0, b.relativeError ?? 0);
  if (off <= unlike) return { widening: Math.max(1, off) };
  return {
    reason:
      `the islands with ${rival} gave ${(b.value / a.value).toPrecision(2)} times the figure of the others, ` +
      `${off.toPrecision(2)} standard errors away: one of the two importance functions misses the spins that matter`,
  };
}
