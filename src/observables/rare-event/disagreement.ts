import type { RareEventCounts } from "../../ensemble/splitting/counts.ts";
import { summaryOfIslands } from "../../statistics/islands.ts";

/** Standard errors between islands led by one importance function and by another beyond which neither is believed. */
const unlike = 4;

/** What islands that two importance functions have led in turn say against each other: why neither is believed, or by what the error grows. */
export type Disagreement = { readonly reason: string } | { readonly widening: number };

/**
 * Islands led by a bad function may all miss the same rare spins, so that their scatter is too small. The error grows by the ratio of the
 * difference between the two kinds to its standard error, where that is above 1, as averages of unlike measurements have it
 * (Particle Data Group, Phys. Rev. D 110 (2024) 030001, introduction, "Unconstrained averaging").
 */
export function disagreement({ logs, source, rival }: RareEventCounts): Disagreement {
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
