import type { Vary } from "../experiment/vary.ts";
import { gridOf } from "../experiment/vary.ts";
import { boltzmannConstant } from "../physics/constants.ts";
import type { FitResult } from "../statistics/fit.ts";
import type { ArrheniusLaw, Fitted } from "../statistics/rate-laws.ts";
import { arrheniusOf, effectiveBarrierOf, exponentialDecay } from "../statistics/rate-laws.ts";
import type { RatesRow } from "./rates.ts";
import { exactRates } from "./rates.ts";
import { ExperimentError } from "./read-problem.ts";

/** Laws through the rows of one varied path, each under the name of its quantity. */
export interface RateLaws {
  /** Over temperature: barriers in J, attempt times in s. */
  readonly arrhenius: Readonly<Record<string, ArrheniusLaw>>;
  /** Over a current, torque or field: E₀ (kT), critical value and exponent of E₀(1 − x/x_c)ⁿ. */
  readonly effectiveBarrier: Readonly<Record<string, FitResult>>;
  /** Over a time: decay of the logarithm of the not-switched probability per unit of x. */
  readonly errorDecay: Fitted | null;
}

export interface RatesOver {
  readonly paths: readonly string[];
  readonly rows: readonly RatesRow[];
  readonly laws: RateLaws;
}

/** Below this barrier in kT, Arrhenius's law and an effective barrier have no meaning. */
const leastBarrier = 3;
/** An effective barrier describes the exponent alone: nearer to the critical drive the prefactor matters as much. */
const leastEffectiveBarrier = 8;
/** Larger not-switched probabilities are not yet in the exponential tail. */
const tail = 0.05;
const leavings = ["slowest", "up", "down"] as const;

/**
 * Exact rates, barriers, dwell times and write errors over values of paths of an experiment (`vary` as in a sweep
 * file), with laws fitted to them if one path is varied. Throws RangeError for bad input, and ExperimentError if no row
 * is a valid experiment.
 */
export function ratesOver(
  experiment: unknown,
  vary: Vary,
  onRow: (row: RatesRow, index: number, count: number) => void = () => {},
): RatesOver {
  const grid = gridOf(vary);
  return together(
    grid,
    grid.map((settings, i) => {
      const row = rowAt(experiment, settings);
      onRow("refusal" in row ? emptyRow(settings, row.refusal.message) : row, i, grid.length);
      return row;
    }),
  );
}

/** A row, or why the experiment is not valid there. */
export type RowOrRefusal = RatesRow | { readonly refusal: ExperimentError };

/**
 * Rows of a grid with the laws fitted to them. A value at which the experiment is not valid, for instance a start in a
 * well that no longer exists, does not affect the other rows; throws if all are refused.
 */
export function together(
  grid: readonly Readonly<Record<string, number>>[],
  found: readonly RowOrRefusal[],
): RatesOver {
  const refusals = found.flatMap((row) => ("refusal" in row ? [row.refusal] : []));
  if (refusals.length > 0 && refusals.length === found.length) throw refusals[0];
  const rows = found.map((row, i) => ("refusal" in row ? emptyRow(grid[i], row.refusal.message) : row));
  const paths = Object.keys(grid[0] ?? {});
  const none: RateLaws = { arrhenius: {}, effectiveBarrier: {}, errorDecay: null };
  return { paths, rows, laws: paths.length === 1 ? lawsOf(paths[0], rows) : none };
}

function rowAt(experiment: unknown, settings: Readonly<Record<string, number>>): RowOrRefusal {
  try {
    return exactRates(experiment, settings);
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    return { refusal: error };
  }
}

/** A row without any figure, with the reason. */
export const emptyRow = (settings: Readonly<Record<string, number>>, reason: string): RatesRow => ({
  settings,
  temperature: null,
  eigenvalues: null,
  slowest: null,
  up: null,
  down: null,
  dwellUp: null,
  dwellDown: null,
  dwellError: null,
  notSwitched: null,
  notSwitchedError: null,
  theory: [],
  reasons: [{ quantity: "everything", reason }],
});

function lawsOf(path: string, rows: readonly RatesRow[]): RateLaws {
  const arrhenius: Record<string, ArrheniusLaw> = {};
  const effectiveBarrier: Record<string, FitResult> = {};
  const isTemperature = path === "magnet.temperature";
  const isDrive = /^(torques|energies)\./.test(path);
  for (const key of leavings) {
    const used = rows.flatMap((row) => {
      const leaving = row[key];
      if (!leaving || leaving.barrier === null || leaving.barrier < leastBarrier) return [];
      return [{ x: row.settings[path], rate: leaving.rate, barrier: leaving.barrier }];
    });
    if (isTemperature) {
      const kT = used.map(({ x }) => boltzmannConstant * x);
      const law = arrheniusOf(
        kT,
        used.map(({ rate }) => 1 / rate),
      );
      if (law) arrhenius[key] = law;
    }
    if (isDrive && key !== "slowest") {
      const falling = emptied(used.filter(({ barrier }) => barrier >= leastEffectiveBarrier));
      const fit = effectiveBarrierOf(
        falling.map(({ x }) => x),
        falling.map(({ barrier }) => barrier),
      );
      if (fit) effectiveBarrier[key] = fit;
    }
  }
  const errors = rows.flatMap(({ settings, notSwitched: p }) =>
    p !== null && p > 0 && p < tail ? [{ x: settings[path], p }] : [],
  );
  const isTime = path === "time.duration" || /\.length$/.test(path);
  return {
    arrhenius,
    effectiveBarrier,
    errorDecay: isTime
      ? exponentialDecay(
          errors.map(({ x }) => x),
          errors.map(({ p }) => p),
        )
      : null,
  };
}

/** The rows if their barrier falls as |x| grows; the law describes a well that the drive empties. */
function emptied<Row extends { x: number; barrier: number }>(rows: readonly Row[]): readonly Row[] {
  const sorted = [...rows].sort((a, b) => Math.abs(a.x) - Math.abs(b.x));
  return sorted.every((row, i) => i === 0 || row.barrier < sorted[i - 1].barrier) ? sorted : [];
}
