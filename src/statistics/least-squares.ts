import { levenbergMarquardt } from "ml-levenberg-marquardt";
import { Matrix, solve } from "ml-matrix";
import { Interrupted } from "../linear-algebra/interruption.ts";
import type { NumericArray } from "./numeric-array.ts";

export interface LeastSquares {
  /** All predictions at once from the parameters, which should be of order one. */
  readonly evaluate: (u: readonly number[]) => NumericArray;
  readonly data: NumericArray;
  /** Standard errors of the data. */
  readonly errors: readonly number[];
  readonly start: readonly number[];
  readonly low: number[];
  readonly high: number[];
  /** Step of the central differences. */
  readonly difference: number;
  /** A gain in chi-squared that is negligible, in addition to 1e-10 of chi-squared. */
  readonly settledBelow: number;
}

export interface Minimum {
  readonly at: readonly number[];
  readonly chiSquared: number;
  readonly settled: boolean;
}

/** How far a burst of steps may go: Levenberg's damping at its start, and its number of steps. */
interface Pace {
  readonly damping: number;
  readonly steps: number;
}

const first: Pace = { damping: 1e-2, steps: 4 };
const usual: Pace = { damping: 1e-5, steps: 4 };
/** After a burst that gained almost nothing: the same once more, with shorter steps. */
const shorter: Pace = { damping: 1, steps: 4 };
/** A single step needs no slopes where it leads to. */
const single = (damping: number): Pace => ({ damping, steps: 1 });
/** Growth of the damping of single steps, and the damping at which they are given up. */
const [firmer, firmest] = [30, 1e9];

/** What a burst came to. */
interface Burst {
  readonly gain: number;
  readonly isSmall: boolean;
  /** Whether the search may end there: the derivatives promise little. */
  readonly mayEnd: boolean;
  /** Whether it met a place where the model has no values. */
  readonly hasFailed: boolean;
}

/** The pace after a burst; "settled" where no further one gains anything, "stuck" where even the shortest steps fail. */
function paceAfter(pace: Pace, { gain, isSmall, mayEnd, hasFailed }: Burst): Pace | "settled" | "stuck" {
  const isSingle = pace.steps === 1;
  if (!isSmall) return isSingle && pace.damping > firmer ? single(pace.damping / firmer) : usual;
  if (!hasFailed && !isSingle && (mayEnd || pace !== shorter))
    return (gain > 0 && mayEnd) || pace === shorter ? "settled" : shorter;
  if (!isSingle) return single(1);
  return pace.damping < firmest ? single(firmer * pace.damping) : "stuck";
}

const mostBursts = 60;

/**
 * Levenberg–Marquardt by ml-levenberg-marquardt 5.1.0. Its weights do not work (they enter the curvature and the
 * gradient inversely, so that any weight but 1 spoils the steps): data and predictions are divided by the errors
 * instead. Its damping is one absolute number, so both are scaled to a unit mean curvature besides. It does not test
 * for convergence, so it runs in short bursts until the derivatives at the present point promise almost nothing, or a
 * burst gains that. A step to where the model throws or is not finite is taken again with more damping. Throws what the
 * model throws at the start, or next to a point that has no neighbours with values.
 */
export function minimize(problem: LeastSquares): Minimum {
  const { evaluate, data, errors, difference } = problem;
  let at = problem.start;
  let chiSquared = sumOfSquares(data, evaluate(at), errors);
  let settled = false;
  let pace: ReturnType<typeof paceAfter> = first;
  for (let burst = 0; burst < mostBursts && Number.isFinite(chiSquared); burst++) {
    const predicted = evaluate(at);
    const rows = jacobian(evaluate, at, difference, errors);
    const negligible = 1e-10 * chiSquared + problem.settledBelow;
    const residuals = errors.map((e, i) => (data[i] - predicted[i]) / e);
    const promised = expectedGain(rows, residuals, at, problem);
    settled = promised <= cautious * negligible;
    if (settled) break;
    const squares = rows.flat().reduce((sum, v) => sum + v * v, 0);
    const curvature = squares / at.length;
    if (!(curvature > 0) || !Number.isFinite(curvature)) break;
    const { reached, failed } = burstFrom(problem, at, curvature, pace);
    const gain = reached ? chiSquared - reached.parameterError * curvature : 0;
    const isSmall = gain <= negligible;
    const mayEnd = promised <= generous * negligible + tooMuch * chiSquared;
    if (reached && gain > 0) {
      at = reached.parameterValues;
      chiSquared = sumOfSquares(data, evaluate(at), errors);
    }
    const next = paceAfter(pace, { gain, isSmall, mayEnd, hasFailed: failed !== undefined });
    settled = next === "settled";
    if (next === "stuck" && failed !== undefined) throw failed;
    if (next === "stuck" || next === "settled") break;
    pace = next;
  }
  return { at, chiSquared, settled };
}

/** A burst of steps, with what the model threw on the way; nothing is reached where slopes have no values. */
function burstFrom(
  { evaluate, data, errors, difference, low, high }: LeastSquares,
  at: readonly number[],
  curvature: number,
  { damping, steps }: Pace,
): { readonly reached?: ReturnType<typeof levenbergMarquardt>; readonly failed: unknown } {
  let failed: unknown;
  const attempt = (u: readonly number[]): NumericArray => {
    try {
      const predicted = evaluate(u);
      if (Array.from(predicted).every(Number.isFinite)) return predicted;
      failed = new RangeError("it is not finite");
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      failed = error;
    }
    return new Array<number>(data.length).fill(Number.NaN);
  };
  const unit = errors.map((e) => e * Math.sqrt(curvature));
  try {
    const reached = levenbergMarquardt(
      { x: unit.map((_, i) => i), y: unit.map((e, i) => data[i] / e) },
      (u: number[]) => {
        const predicted = attempt(u);
        return (i: number) => predicted[i] / unit[i];
      },
      {
        initialValues: [...at],
        minValues: low,
        maxValues: high,
        centralDifference: true,
        gradientDifference: difference,
        maxIterations: steps,
        errorTolerance: 1e-300,
        damping,
      },
    );
    return { reached, failed };
  } catch (error) {
    // slopes without values end in a matrix that has no inverse
    if (failed === undefined || error instanceof Interrupted) throw error;
    return { failed };
  }
}

/** The share of a negligible gain that the linear model may still promise: where residuals are large the true gain exceeds it. */
const cautious = 1 / 4;
/** Where it promises more than this multiple of a negligible gain and this share of chi-squared, steps that gain nothing were too long. */
const [generous, tooMuch] = [1e6, 0.05];

/**
 * The gain in chi-squared of a Gauss–Newton step by the linear model, gᵀ(JᵀJ)⁻¹g, g = Jᵀr, with those parameters fixed that
 * the step would lead out of their bounds; infinite where no step is determined.
 */
function expectedGain(
  rows: number[][],
  residuals: readonly number[],
  at: readonly number[],
  { low, high }: Pick<LeastSquares, "low" | "high">,
): number {
  const slope = at.map((_, k) => rows.reduce((sum, row, i) => sum + row[k] * residuals[i], 0));
  const isFree = slope.map((g, k) => (g > 0 ? at[k] < high[k] : at[k] > low[k]));
  const free = at.flatMap((_, k) => (isFree[k] ? [k] : []));
  if (free.length === 0) return 0;
  const jacobian = new Matrix(rows.map((row) => free.map((k) => row[k])));
  const gradient = Matrix.columnVector(free.map((k) => slope[k]));
  try {
    return gradient.dot(solve(jacobian.transpose().mmul(jacobian), gradient));
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function sumOfSquares(data: NumericArray, predicted: NumericArray, errors: readonly number[]): number {
  return errors.reduce((sum, e, i) => sum + ((data[i] - predicted[i]) / e) ** 2, 0);
}

/** ∂(prediction/error)/∂u by central differences, one row per point. */
export function jacobian(
  evaluate: (u: readonly number[]) => NumericArray,
  u: readonly number[],
  difference: number,
  errors: readonly number[],
): number[][] {
  const columns = u.map((_, k) => {
    const up = evaluate(u.map((v, j) => (j === k ? v + difference : v)));
    const down = evaluate(u.map((v, j) => (j === k ? v - difference : v)));
    return errors.map((e, i) => (up[i] - down[i]) / (2 * difference * e));
  });
  return errors.map((_, i) => columns.map((column) => column[i]));
}
