import { functionNames, partNames } from "../ensemble/dynkin/functions.ts";
import type { DynkinWindow } from "../ensemble/dynkin/gather.ts";
import type { Comparison } from "./comparison.ts";
import { compareValue } from "./moments.ts";

/** Largest error of float32 arithmetic and of sums on a grid of 2^−24. */
const rounding = 4e-6;

/** Relative error of the scheme's shift by the neglected order (h × rate)²: 2 % were measured at the longest steps. */
const shiftUncertainty = 0.05;

/**
 * Dynkin's formula over one window: the residual of nine with the largest z-score, its p-value times nine (Bonferroni).
 * The known shift by the scheme's step is allowed up to `mostShift`; the error of the quadrature is always allowed.
 */
export function compareDynkin(
  name: string,
  { records }: Pick<DynkinWindow, "records">,
  mostShift: number,
): Comparison {
  const scores = records.map((record, k) => {
    const { residual, standardError, quadratureError, schemeShift, schemeShiftError } = record;
    const forgiven = Math.sign(schemeShift) * Math.min(Math.abs(schemeShift), mostShift);
    const error = Math.hypot(standardError, Math.min(schemeShiftError, mostShift));
    return compareValue(functionNames[k], residual, forgiven, error, {
      exactError: quadratureError + rounding + shiftUncertainty * Math.abs(forgiven),
    });
  });
  const failed = scores.find((score) => score.pValue === null);
  if (failed) return { ...failed, observable: name, against: "equation of motion" };
  const worst = scores.reduce((a, b) => ((b.pValue as number) < (a.pValue as number) ? b : a));
  return {
    observable: `${name}, ${worst.observable} farthest off`,
    test: "largest of nine z-scores",
    statistic: worst.statistic,
    degreesOfFreedom: null,
    pValue: Math.min(1, records.length * (worst.pValue as number)),
    against: "equation of motion",
  };
}

/** A deviation of so many standard errors makes one of many checks fail almost surely. */
const seen = 6;

/**
 * The smallest relative errors of relaxation, precession and diffusion that a window would show, each by itself; null
 * for a part that does not change m and m m. An error of a part shifts a residual by that share of what the part adds
 * to ∫⟨L f⟩dt.
 */
export function smallestErrorsSeen({ records }: Pick<DynkinWindow, "records">): (number | null)[] {
  return partNames.map((_, part) => {
    const share = Math.min(
      ...records.map(({ parts, standardError, quadratureError, schemeShiftError }) => {
        const blur = seen * Math.hypot(standardError, schemeShiftError) + quadratureError + rounding;
        return blur / Math.abs(parts[part]);
      }),
    );
    return share < 1 ? share : null;
  });
}
