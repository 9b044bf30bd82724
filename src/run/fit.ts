import { unitAt } from "../experiment/path-unit.ts";
import type { Problem } from "../experiment/problem.ts";
import { keysOf } from "../experiment/settings.ts";
import { own } from "../expression/own.ts";
import { predictHemispheres } from "../fokker-planck/hemispheres.ts";
import { predict } from "../fokker-planck/predict.ts";
import { predictDwell } from "../fokker-planck/switching.ts";
import { Interrupted, throwIfInterrupted } from "../linear-algebra/interruption.ts";
import { checkExperiment } from "../observables/experiment.ts";
import { levelsOf } from "../observables/index.ts";
import { missingLevels } from "../observables/missing-levels.ts";
import type { FitParameter, FitProblem, FitResult } from "../statistics/fit.ts";
import { fitLeastSquares } from "../statistics/fit.ts";
import { profileIntervals } from "../statistics/profile.ts";
import type { FitProgress } from "./fit-progress.ts";
import { FitCount } from "./fit-progress.ts";
import type { FittedPotentials } from "./fitted-potentials.ts";
import { fittedPotentials } from "./fitted-potentials.ts";
import type { Measurable, Measurement } from "./measurement.ts";
import { measurable } from "./measurement.ts";
import { ExperimentError, readProblem } from "./read-problem.ts";

/** One fitted quantity beside its measurement. */
export interface FittedPoint {
  readonly settings: Readonly<Record<string, number>>;
  readonly quantity: Measurable;
  readonly measured: number;
  readonly error: number;
  readonly fitted: number;
  /** (measured − fitted) of the logarithms, in standard errors of the measurement. */
  readonly residual: number;
}

export interface ExperimentFit extends FitResult {
  /** SI units of the parameters and of the settings of the points, by path; "" where there is none. */
  readonly units: Readonly<Record<string, string>>;
  readonly points: readonly FittedPoint[];
  /** χ and Φ of the torques with the fitted parameters, if the parameters change any torque. */
  readonly potentials?: FittedPotentials;
  /** Ends of 95 % intervals by the profile of chi-squared, if requested; null for an end that was not found. */
  readonly profile?: ReturnType<typeof profileIntervals>;
  /** Why a profile that was asked for is missing. */
  readonly profileReason?: string;
}

/** The exact values of the requested quantities, SI units; throws with the reason if one cannot be computed. */
export function exactQuantities(
  problem: Problem,
  wanted: readonly Measurable[],
): Partial<Record<Measurable, number>> {
  const prediction = predict(problem);
  if (prediction.value === null) throw new Error(prediction.reason);
  const found: Partial<Record<Measurable, number>> = {};
  if (wanted.includes("tau_up") || wanted.includes("tau_down")) {
    const levels = levelsOf(problem);
    if (!levels) throw new Error(missingLevels());
    const dwell = predictDwell(problem, prediction.value, levels);
    if (dwell.value === null) throw new Error(dwell.reason);
    for (const side of ["up", "down"] as const) {
      if (!wanted.includes(`tau_${side}`)) continue;
      const mean = dwell.value[side];
      if (mean.value === null) throw new Error(mean.reason);
      found[`tau_${side}`] = mean.value * problem.units.time;
    }
  }
  if (wanted.includes("p_up")) {
    // write errors are small and are not computed as one minus almost one
    const [{ up }] = predictHemispheres(problem, prediction.value, [problem.steps], ["up"]);
    if (up.value === null) throw new Error(up.reason);
    found.p_up = up.value;
  }
  return found;
}

/** A stop ends the fit, whichever figure it has interrupted. */
function unlessStopped<T>(compute: () => T): T {
  throwIfInterrupted();
  try {
    return compute();
  } catch (error) {
    throwIfInterrupted();
    throw error;
  }
}

/** The number at a path of an experiment, or undefined. */
function numberAt(experiment: unknown, path: string): number | undefined {
  const value = keysOf(path).reduce<unknown>(
    (part, key) =>
      typeof part === "object" && part !== null ? own(part as Record<string, unknown>, key) : undefined,
    experiment,
  );
  return typeof value === "number" ? value : undefined;
}

export interface FitOptions {
  readonly profile?: boolean | undefined;
  /** Receives the best parameters each time the fit finds better ones. */
  readonly onBetter?: ((best: BestSoFar) => void) | undefined;
  /** Receives the progress of the fit after every measured point of every evaluation. */
  readonly onProgress?: ((progress: FitProgress) => void) | undefined;
}

/** Best parameters so far. */
export interface BestSoFar {
  readonly names: readonly string[];
  readonly values: readonly number[];
  readonly chiSquared: number;
}

/**
 * Fits parameters of an experiment to measured dwell times or remaining fractions with the exact Fokker–Planck values.
 * The logarithms are fitted, because such data span decades. `free` names paths of the experiment, whose values there
 * are the starting point. Throws RangeError or ExperimentError for bad input; a fit that fails says so in its outcome.
 * A stop during the profile leaves the profile out; an earlier one throws Interrupted.
 */
export function fitExperiment(
  experiment: unknown,
  data: readonly Measurement[],
  free: readonly string[],
  options: FitOptions = {},
): ExperimentFit {
  const checked = checkExperiment(experiment, data[0]?.settings ?? {});
  if (!checked.ok) throw new ExperimentError(checked.problems);
  const parameters = free.map((name): FitParameter => {
    const initial = numberAt(checked.experiment, name);
    if (initial === undefined)
      throw new RangeError(`${name} is not a number of the model, so it cannot be free`);
    // a parameter that may be negative may change its sign
    const isSigned =
      initial === 0 || checkExperiment(experiment, { ...data[0]?.settings, [name]: -initial }).ok;
    return { name, initial, ...(isSigned ? {} : { low: initial * 1e-3, high: initial * 1e3 }) };
  });
  const points = measuredPoints(data);
  const wantsDwell = points.some(({ quantity }) => quantity !== "p_up");
  if (wantsDwell && !levelsOf(readProblem(experiment, data[0]?.settings ?? {})))
    throw new RangeError(missingLevels());
  const count = new FitCount(
    { parameters: free.length, points: data.length, profile: options.profile === true },
    options.onProgress ?? (() => {}),
  );
  const logarithms = (at: readonly number[]): number[] => {
    const values = Object.fromEntries(free.map((name, i) => [name, at[i]]));
    count.begin();
    const rows = data.map((row) => {
      const found = unlessStopped(() =>
        exactQuantities(
          readProblem(experiment, { ...row.settings, ...values }),
          Object.keys(row.values) as Measurable[],
        ),
      );
      count.point();
      return found;
    });
    return points.map(({ row, quantity }) => Math.log(rows[row][quantity] as number));
  };
  const measured = points.map(({ value }) => Math.log(value));
  const wanted = whitened(measured, points, data);
  let least = Number.POSITIVE_INFINITY;
  const model = (at: readonly number[]): number[] => {
    const found = whitened(logarithms(at), points, data);
    const chiSquared = found.reduce((sum, z, i) => sum + (z - wanted[i]) ** 2, 0);
    if (chiSquared < least) {
      least = chiSquared;
      options.onBetter?.({ names: free, values: [...at], chiSquared });
    }
    return found;
  };
  const fitProblem: FitProblem = {
    parameters,
    model,
    data: wanted,
    standardErrors: points.map(() => 1),
    difference: 1e-4,
  };
  const result = fitLeastSquares(fitProblem);
  const fitted = Number.isFinite(result.chiSquared) ? logarithms(result.values) : measured;
  const paths = [...free, ...data.flatMap(({ settings }) => Object.keys(settings))];
  return {
    ...result,
    units: Object.fromEntries(paths.map((path) => [path, unitAt(checked.experiment, path)])),
    points: points.map(({ settings, quantity, value, error }, i) => ({
      settings,
      quantity,
      measured: value,
      error,
      fitted: Math.exp(fitted[i]),
      residual: (measured[i] - fitted[i]) / (error / value),
    })),
    ...potentialsPart(experiment, data[0]?.settings ?? {}, result),
    ...(options.profile ? profileOf(fitProblem, result, count) : {}),
  };
}

interface MeasuredPoint {
  /** Line in the table of measurements. */
  readonly row: number;
  readonly settings: Measurement["settings"];
  readonly quantity: Measurable;
  readonly value: number;
  readonly error: number;
}

/** The quantities of all rows, one after the other. */
const measuredPoints = (data: readonly Measurement[]): MeasuredPoint[] =>
  data.flatMap(({ settings, values }, row) =>
    measurable.flatMap((quantity) => {
      const measured = values[quantity];
      return measured ? [{ row, settings, quantity, ...measured }] : [];
    }),
  );

/**
 * Logarithms in standard errors; from the second of a correlated pair, the part that the first predicts is subtracted.
 */
function whitened(
  logarithms: readonly number[],
  points: readonly MeasuredPoint[],
  data: readonly Measurement[],
): number[] {
  const inErrors = logarithms.map((log, i) => log / (points[i].error / points[i].value));
  return inErrors.map((z, i) => {
    const r = data[points[i].row].correlation ?? 0;
    const isSecond = r !== 0 && points[i].quantity === "tau_down" && points[i - 1]?.row === points[i].row;
    return isSecond ? (z - r * inErrors[i - 1]) / Math.sqrt(1 - r * r) : z;
  });
}

function potentialsPart(
  experiment: unknown,
  settings: Readonly<Record<string, number>>,
  result: FitResult,
): Pick<ExperimentFit, "potentials"> {
  const potentials = fittedPotentials(experiment, settings, result);
  return potentials ? { potentials } : {};
}

/** The ends of all intervals, or why there are none. */
function profileOf(
  problem: FitProblem,
  result: FitResult,
  count: FitCount,
): Pick<ExperimentFit, "profile" | "profileReason"> {
  count.beginProfile();
  try {
    return { profile: profileIntervals(problem, result, (done) => count.endOfProfile(done)) };
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    return { profileReason: error.message };
  }
}
