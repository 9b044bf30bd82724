import { inverse, Matrix } from "ml-matrix";
import { Interrupted } from "../linear-algebra/interruption.ts";
import { studentQuantile } from "../numerics/incomplete-beta.ts";
import { chiSquaredSurvival } from "./chi-squared-distribution.ts";
import type { ConfidenceInterval } from "./interval.ts";
import type { Minimum } from "./least-squares.ts";
import { jacobian, minimize } from "./least-squares.ts";
import { standardErrorsFor } from "./normal.ts";
import type { NumericArray } from "./numeric-array.ts";

export interface FitParameter {
  readonly name: string;
  readonly initial: number;
  readonly low?: number;
  readonly high?: number;
  /** Typical size of a change of the parameter; default |initial|, or 1 if that is 0. */
  readonly scale?: number | undefined;
}

export interface FitProblem {
  readonly parameters: readonly FitParameter[];
  /** All predictions at once, as many as data, from the parameters in order. */
  readonly model: (values: readonly number[]) => NumericArray;
  readonly data: NumericArray;
  /** Of the data. Without them all points have equal weight, and the errors come from the residuals. */
  readonly standardErrors?: NumericArray | undefined;
  readonly confidence?: number;
  /** Of the derivatives, in units of a parameter's scale; default 1e-5. Larger for a noisy model. */
  readonly difference?: number;
}

export interface FitResult {
  readonly outcome: "converged" | "not converged" | "undetermined" | "model failed";
  /** Advice for any outcome but "converged", or a warning about a fit that has converged. */
  readonly reason?: string;
  readonly names: readonly string[];
  readonly values: readonly number[];
  readonly standardErrors: readonly (number | null)[];
  readonly intervals: readonly (ConfidenceInterval | null)[];
  readonly covariance: readonly (readonly number[])[] | null;
  readonly correlation: readonly (readonly number[])[] | null;
  /** (data − model)/standard error of each point. */
  readonly residuals: readonly number[];
  readonly chiSquared: number;
  readonly degreesOfFreedom: number;
  /** Goodness of fit; null without known errors or degrees of freedom. */
  readonly pValue: number | null;
}

/**
 * Nonlinear least squares with confidence intervals, correlations and residuals.
 * Errors and correlations are those of the linearized model at the minimum, (JᵀWJ)⁻¹; intervals normal when the data's
 * errors are known, Student's when they come from the residuals.
 *
 * Never throws because a fit fails or does not converge: `outcome` says so. Throws RangeError on a malformed problem
 * (no parameters, sizes that differ, errors that are not positive), and passes on an Interrupted of the model.
 */
export function fitLeastSquares(problem: FitProblem): FitResult {
  const { parameters, data } = problem;
  const [n, p] = [data.length, parameters.length];
  const known = problem.standardErrors !== undefined;
  const errors = soundErrors(problem);
  const scales = parameters.map((q) => q.scale ?? (Math.abs(q.initial) || 1));
  const difference = problem.difference ?? 1e-5;
  const evaluate = remember((u) => problem.model(u.map((v, i) => v * scales[i])), n);
  const start = parameters.map((q, i) => q.initial / scales[i]);
  let minimum: Minimum;
  let predicted: NumericArray;
  let rows: number[][];
  try {
    const bounds = {
      low: parameters.map((q, i) => (q.low === undefined ? -1e300 : q.low / scales[i])),
      high: parameters.map((q, i) => (q.high === undefined ? 1e300 : q.high / scales[i])),
    };
    minimum = minimize({
      evaluate,
      data,
      errors,
      start,
      ...bounds,
      difference,
      settledBelow: known ? 1e-8 : 0,
    });
    predicted = evaluate(minimum.at);
    rows = jacobian(evaluate, minimum.at, difference, errors);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return failure(problem, `the model failed: ${(error as Error).message}`);
  }
  const { at, chiSquared, settled } = minimum;
  const values = at.map((v, i) => v * scales[i]);
  if (!Number.isFinite(chiSquared)) return failure(problem, "the model is not finite at the initial values");
  const degreesOfFreedom = n - p;
  const residuals = errors.map((e, i) => (data[i] - predicted[i]) / e);
  const shared = {
    names: parameters.map((q) => q.name),
    values,
    residuals,
    chiSquared,
    degreesOfFreedom,
    pValue: known && degreesOfFreedom > 0 ? chiSquaredSurvival(chiSquared, degreesOfFreedom) : null,
  };
  const inverted = invert(rows, known ? 1 : chiSquared / Math.max(1, degreesOfFreedom));
  if (inverted === null)
    return {
      ...shared,
      outcome: "undetermined",
      reason: "the data do not determine all parameters: fix one of them",
      standardErrors: values.map(() => null),
      intervals: values.map(() => null),
      covariance: null,
      correlation: null,
    };
  const covariance = inverted.map((row, i) => row.map((c, j) => c * scales[i] * scales[j]));
  const standardErrors = covariance.map((row, i) => Math.sqrt(row[i]));
  const confidence = problem.confidence ?? 0.95;
  const width =
    known || degreesOfFreedom === 0
      ? standardErrorsFor(confidence)
      : studentQuantile(confidence, degreesOfFreedom);
  return {
    ...shared,
    ...ended(settled, shared.pValue),
    standardErrors,
    intervals: values.map((value, i) => ({
      value,
      low: value - width * standardErrors[i],
      high: value + width * standardErrors[i],
    })),
    covariance,
    correlation: covariance.map((row, i) => row.map((c, j) => c / (standardErrors[i] * standardErrors[j]))),
  };
}

/** The errors of the data, 1 where they are not known. Throws RangeError on a malformed problem. */
function soundErrors({ parameters, data, standardErrors }: FitProblem): number[] {
  const [n, p] = [data.length, parameters.length];
  if (p === 0) throw new RangeError("a fit needs a free parameter");
  if (n < Math.max(2, p)) throw new RangeError(`${n} data points cannot fix ${p} parameters`);
  const errors = Array.from(standardErrors ?? new Array<number>(n).fill(1));
  if (errors.length !== n) throw new RangeError(`${n} data points but ${errors.length} standard errors`);
  if (!errors.every((e) => e > 0 && Number.isFinite(e)))
    throw new RangeError("standard errors must be positive");
  return errors;
}

/** Least probability of so large a chi-squared: below it the model does not describe the data. */
export const leastFit = 1e-4;

/** The outcome of a fit whose minimum determines all parameters, with a reason or warning. */
function ended(settled: boolean, pValue: number | null): Pick<FitResult, "outcome" | "reason"> {
  if (!settled)
    return {
      outcome: "not converged",
      reason: "chi-squared was still falling: start nearer to the solution",
    };
  if (pValue === null || pValue >= leastFit) return { outcome: "converged" };
  const reason =
    "the model with these free parameters does not describe the data within their errors: its intervals say nothing";
  return { outcome: "converged", reason };
}

/** Caches the last few predictions: the fitting library asks for the same ones point by point. */
function remember(model: (values: readonly number[]) => NumericArray, n: number) {
  const kept = new Map<string, NumericArray>();
  return (u: readonly number[]): NumericArray => {
    const key = u.join();
    let predicted = kept.get(key);
    if (predicted === undefined) {
      predicted = model(u);
      if (predicted.length !== n)
        throw new RangeError(`the model gave ${predicted.length} values for ${n} data`);
      if (kept.size > 64) kept.clear();
      kept.set(key, predicted);
    }
    return predicted;
  };
}

/** factor·(JᵀJ)⁻¹, or null where a direction is undetermined to rounding. */
function invert(rows: number[][], factor: number): number[][] | null {
  const j = new Matrix(rows);
  const normal = j.transpose().mmul(j);
  const size = normal.diagonal().map(Math.sqrt);
  if (!size.every((s) => s > 0 && Number.isFinite(s))) return null;
  const unit = new Matrix(normal.to2DArray().map((row, a) => row.map((v, b) => v / (size[a] * size[b]))));
  try {
    const inverted = inverse(unit).to2DArray();
    if (!inverted.every((row, a) => row[a] > 0 && row[a] < 1e12)) return null;
    return inverted.map((row, a) => row.map((v, b) => (factor * v) / (size[a] * size[b])));
  } catch {
    return null;
  }
}

function failure({ parameters, data }: FitProblem, reason: string): FitResult {
  const values = parameters.map((q) => q.initial);
  return {
    outcome: "model failed",
    reason,
    names: parameters.map((q) => q.name),
    values,
    standardErrors: values.map(() => null),
    intervals: values.map(() => null),
    covariance: null,
    correlation: null,
    residuals: [],
    chiSquared: Number.NaN,
    degreesOfFreedom: data.length - parameters.length,
    pValue: null,
  };
}
