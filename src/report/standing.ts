import { readable, withError } from "../figures/readable.ts";
import type { ShownFigure } from "../result-parts.ts";

/** The ensemble's side of a figure: with its error, or with the ends of its interval. */
export const foundOf = ({ value, standardError, low, high }: ShownFigure): string =>
  low !== undefined && high !== undefined
    ? `${readable(value)} (${readable(low)} … ${readable(high)})`
    : withError(value, standardError);

/** The outcome of a figure's test, in words. */
export function standingOf({ standing, standardErrors, reason }: ShownFigure): string {
  const distance = standardErrors === null ? "" : ` (${readable(Math.abs(standardErrors))} standard errors)`;
  if (standing === "agrees") return "agrees";
  if (standing === "disagrees") return `DISAGREES${distance}`;
  return standing === "contradicts"
    ? `CONTRADICTS${distance}, not tested: ${reason ?? ""}`
    : `not tested: ${reason ?? ""}`;
}
