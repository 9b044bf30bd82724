import { functionNames, partNames } from "../ensemble/dynkin/functions.ts";
import type { DynkinWindow } from "../ensemble/dynkin/gather.ts";
import type { Comparison } from "./comparison.ts";
import { compareValue } from "./moments.ts";

/** What float32 arithmetic and sums on a grid of 2^−24 may leave. */
const rounding = 4e-6;

/** What the scheme's shift leaves out, of order (h × rate)², as a share of it: 2 % were measured at the longest steps. */
const shiftUncertainty = 0.05;

/**
 * Dynkin's formula over one window: the residual farthest off of nine, with its p-value times nine (Bonferroni). What the scheme
 * is known to add at its step is forgiven up to `mostShift`, what the quadrature may miss always.
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

/** Standard errors at which one of many checks fails for certain enough. */
const seen = 6;

/**
 * The smallest relative error of relaxation, precession and diffusion that a window would show, each alone; null where it
 * leaves no trace in m and m m. An error of a part shifts a residual by that share of what the part adds to ∫⟨L f⟩dt.
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
