import { monotoneCubic } from "../../numerics/monotone-cubic.ts";
import { monotoneInverse } from "../../numerics/monotone-inverse.ts";

/** Shares of passed spins whose times are given. */
export const levels = [0.1, 0.25, 0.5, 0.75, 0.9];
/** Bins of the hazard: groups of the bins in which passages are counted. */
export const hazardBins = 32;

/**
 * Times at which one minus the survival reaches each level, by monotone cubics in the fourth root of time, in which
 * bins are equally wide and both early and late passages are smooth; null beyond the last. Spins counted in a bin
 * within the first time step began in the set.
 */
export function survivalQuantiles(
  times: readonly number[],
  survival: readonly number[],
  timeStep = 0,
): Readonly<Record<string, number | null>> {
  const roots = times.map((t) => t ** (1 / 4));
  const passed = monotoneCubic(
    roots,
    survival.map((s) => 1 - s),
  );
  const quantile = (level: number): number | null => {
    const i = survival.findIndex((s) => s <= 1 - level);
    if (i < 0) return null;
    if (i === 0 || (i === 1 && times[1] < timeStep)) return times[0];
    return monotoneInverse(passed, level, roots[i - 1], roots[i]) ** 4;
  };
  return Object.fromEntries(levels.map((level) => [level, quantile(level)]));
}

/** Hazard −d ln S/dt of an exact survival in the bins of the observed hazard; null where no spin is left. */
export function exactHazard(
  times: readonly number[],
  survival: readonly number[],
): { times: number[]; value: (number | null)[] } {
  const group = (times.length - 1) / hazardBins;
  const edges = Array.from({ length: hazardBins + 1 }, (_, j) => j * group);
  return {
    times: edges.slice(1).map((edge, j) => (times[edge] + times[edges[j]]) / 2),
    value: edges.slice(1).map((edge, j) => {
      const [before, after] = [survival[edges[j]], survival[edge]];
      return after > 0 ? Math.log(before / after) / (times[edge] - times[edges[j]]) : null;
    }),
  };
}
