import type { Figure } from "./figure.ts";
import type { Fractions } from "./fractions.ts";
import { fractionTraces } from "./fractions.ts";

/** The share of spins on one side of the equator against time. */
export interface SideShare {
  readonly found: Fractions;
  /** Null or absent where the exact side has no digit of it. */
  readonly exact: { readonly x: readonly number[]; readonly p: readonly (number | null)[] };
  readonly formulas: Figure["data"];
}

/** The ensemble with its intervals over the exact curve, which lies over closed forms. */
export function sideShareTraces(
  { found, exact, formulas }: SideShare,
  colours: { readonly ensemble: string; readonly exact: string },
): { readonly curves: Figure["data"]; readonly points: Figure["data"]; readonly limits: Figure["data"] } {
  const { points, limits } = fractionTraces(found, colours.ensemble);
  const line = {
    type: "scatter",
    mode: "lines",
    name: "exact",
    x: exact.x,
    y: exact.p,
    line: { color: colours.exact, width: 2 },
  };
  return { curves: exact.x.length > 0 ? [...formulas, line] : formulas, points, limits };
}

/** The title of its axis. */
export const sideShareTitle = (side: "up" | "down"): string =>
  `probability of m<sub>z</sub> ${side === "up" ? ">" : "<"} 0`;

/** What its points and lines are. */
export const sideShareCaption = (hasExact: boolean, hasFormulas: boolean): string =>
  [
    "Points: fraction of the ensemble with its 95 % interval (Clopper and Pearson).",
    ...(hasExact ? ["Line: exact, also for very small probabilities."] : []),
    ...(hasFormulas ? ["Dashed: closed forms, grey outside their range."] : []),
  ].join(" ");
