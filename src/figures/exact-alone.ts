import type { ExactBase, ShownFigure } from "../result-parts.ts";
import { notSwitchedName } from "./not-switched-name.ts";
import { atTimeOf, readable } from "./readable.ts";
import { eigenvalueText, nameOf, slowerPair, smallestRealEigenvalue } from "./smallest-real-eigenvalue.ts";

/** A rate of the exact side for which no ensemble has a figure: λ₁, or a pair that decays more slowly. */
interface ExactRate {
  readonly name: string;
  /** Its symbol, or what moves meanwhile. */
  readonly symbol?: string;
  readonly meanwhile?: string;
  /** " at t = 0", where the drive changes. */
  readonly at: string;
  readonly value: string;
}

export function ratesAlone(exact: ExactBase | null): readonly ExactRate[] {
  const [slowest, pair] = [smallestRealEigenvalue, slowerPair].map((of) => of(exact?.eigenvalues));
  const at = atTimeOf(exact);
  return [
    ...(slowest ? [{ name: nameOf(slowest), symbol: "λ₁", at, value: eigenvalueText(slowest) }] : []),
    ...(pair
      ? [{ name: "slower decay", meanwhile: "while precessing", at, value: eigenvalueText(pair) }]
      : []),
  ];
}

/** The exact share of spins that have not switched, where the ensemble has no figure of it: `value` is null for the reason. */
export function notSwitchedAlone(
  exact: ExactBase | null,
  figures: readonly ShownFigure[],
  timeUnit: string,
):
  | { readonly name: string; readonly value: string | null; readonly reason?: string | undefined }
  | undefined {
  const found = exact?.notSwitched;
  if (!found || figures.some(({ quantity }) => quantity === "notSwitched")) return undefined;
  const { time, side, probability, reason } = found;
  return {
    name: notSwitchedName(`${readable(time)} ${timeUnit}`, side),
    value: probability === null ? null : readable(probability),
    reason,
  };
}

/** Why such a figure is not tested. */
export const noFigureOfIt = "the ensemble has no figure of it";
