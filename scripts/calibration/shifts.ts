import type { PlannedObservable } from "../../src/experiment/problem.ts";
import type { Expression } from "../../src/expression/expression.ts";
import { mul, variable } from "../../src/expression/expression.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import type { ObservedDensity } from "../../src/fokker-planck/predict.ts";
import { predictDwell, predictPassage } from "../../src/fokker-planck/switching.ts";
import { factorDense, solveDense } from "../../src/linear-algebra/dense-lu.ts";
import type { PlannedDwell } from "../../src/observables/dwell/spec.ts";
import { passageEdges } from "../../src/observables/first-passage/bins.ts";
import type { PlannedPassage } from "../../src/observables/first-passage/spec.ts";
import { predict as predictSpectrum } from "../../src/observables/spectrum/exact.ts";
import type { PlannedSpectrum } from "../../src/observables/spectrum/spec.ts";
import type { Solved } from "./spoiled.ts";

/** Distance of a wrong ensemble from the exact law: the noncentrality of a chi-squared test, per spin. */
export interface Shift {
  readonly perSpin: number;
  readonly degreesOfFreedom: number;
}

const observableOf = <Planned extends PlannedObservable>(
  { problem }: Solved,
  type: Planned["type"],
): Planned => problem.observables.find((planned) => planned.type === type) as Planned;

const [x, y, z] = ["mx", "my", "mz"].map(variable);
/** First and second moments; zz is one minus the others. */
const functions: readonly Expression[] = [x, y, z, mul(x, x), mul(y, y), mul(x, y), mul(x, z), mul(y, z)];

/** Moments: their shift in units of their covariance under the exact density. */
function shiftOfMoments(right: ObservedDensity, wrong: ObservedDensity): Shift {
  const n = functions.length;
  const mean = functions.map((f) => right.mean(f));
  const shift = functions.map((f, i) => wrong.mean(f) - mean[i]);
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      covariance[i * n + j] = right.mean(mul(functions[i], functions[j])) - mean[i] * mean[j];
  const along = Float64Array.from(shift);
  solveDense(factorDense(covariance, n), along);
  return { perSpin: shift.reduce((sum, d, i) => sum + d * along[i], 0), degreesOfFreedom: n };
}

/** Counts in bins. */
function shiftOfCounts(right: ArrayLike<number>, wrong: ArrayLike<number>): Shift {
  let [perSpin, bins] = [0, 0];
  for (let b = 0; b < right.length; b++)
    if (right[b] > 1e-5) {
      perSpin += (wrong[b] - right[b]) ** 2 / right[b];
      bins++;
    }
  return { perSpin, degreesOfFreedom: Math.max(1, bins - 1) };
}

export function shiftOfDensity(right: Solved, wrong: Solved, type: "moments" | "histogram"): Shift {
  const { steps = [], binning } = observableOf(right, type);
  const [a, b] = [right, wrong].map(({ prediction }) => {
    const found = prediction.densities([steps[steps.length - 1]]);
    if (found.value === null) throw new Error(found.reason);
    return found.value[0];
  });
  return !binning
    ? shiftOfMoments(a, b)
    : shiftOfCounts(demand(a.probabilities(binning)), demand(b.probabilities(binning)));
}

/** Passage times in ten equal bins of the run, and the spins that have not passed. */
export function shiftOfPassage(right: Solved, wrong: Solved): Shift {
  const planned = observableOf<PlannedPassage>(right, "firstPassage");
  const edges = passageEdges(right.problem);
  const times = Array.from({ length: 11 }, (_, i) => (edges[edges.length - 1] * i) / 10);
  const [a, b] = [right, wrong].map(({ problem, prediction }) => {
    const found = predictPassage(problem, prediction, planned.until, times);
    if (found.value === null) throw new Error(found.reason);
    const survival = demand(found.value.survival);
    return [...survival.slice(1).map((s, i) => survival[i] - s), survival[survival.length - 1]];
  });
  return shiftOfCounts(a, b);
}

/** Mean dwells: a run of length T has T/(up + down) of each, with a standard deviation equal to the mean. */
export function shiftOfDwells(right: Solved, wrong: Solved): Shift {
  const planned = observableOf<PlannedDwell>(right, "dwell");
  const [a, b] = [right, wrong].map(({ problem, prediction }) => {
    const found = predictDwell(problem, prediction, planned);
    if (found.value === null) throw new Error(found.reason);
    return [demand(found.value.up), demand(found.value.down)];
  });
  const { steps, timeStep } = right.problem;
  const count = (steps * timeStep) / (a[0] + a[1]);
  return {
    perSpin: count * a.reduce((sum, mean, i) => sum + (b[i] / mean - 1) ** 2, 0),
    degreesOfFreedom: 2,
  };
}

/**
 * Spectra of at most 2048 spins: every frequency of every segment has a standard deviation equal to its mean; segments
 * overlap by half.
 */
export function shiftOfSpectrum(right: Solved, wrong: Solved): Shift {
  const planned = observableOf<PlannedSpectrum>(right, "spectrum");
  const [a, b] = [right, wrong].map(({ problem, prediction }) => {
    const found = predictSpectrum(planned, problem, prediction);
    if (found.value === null) throw new Error(found.reason);
    return found.value.oneSidedPower;
  });
  const { steps } = right.problem;
  const segments = steps / planned.everySteps / (2 * (a.length - 1));
  return {
    perSpin: segments * a.slice(1, -1).reduce((sum, power, k) => sum + (b[k + 1] / power - 1) ** 2, 0),
    degreesOfFreedom: a.length - 2,
  };
}

/** The value that chi-squared exceeds with a small probability (Wilson and Hilferty's cube). */
export function chiSquaredQuantile(probability: number, degreesOfFreedom: number): number {
  // normal quantile by Newton from the tail's leading order
  let u = Math.sqrt(-2 * Math.log(probability));
  for (let k = 0; k < 50; k++) {
    const tail =
      (Math.exp((-u * u) / 2) / Math.sqrt(2 * Math.PI)) *
      (1 / u) *
      (1 - 1 / (u * u) + 3 / u ** 4 - 15 / u ** 6);
    u += (Math.log(tail) - Math.log(probability)) / (u + 1 / u);
  }
  const v = 2 / (9 * degreesOfFreedom);
  return degreesOfFreedom * (1 - v + u * Math.sqrt(v)) ** 3;
}
