import type { Gathering } from "../experiment/problem.ts";
import type { Binning } from "../physics/binning.ts";
import type { Exact } from "./exact.ts";
import { exactly } from "./exact.ts";
import type { Prediction } from "./predict.ts";

/** The steps, of a run of `steps`, at which it is sampled. */
export function gatheredSteps({ every, from }: Gathering, steps: number): number[] {
  const first = Math.ceil(from / every);
  const count = Math.max(0, Math.ceil(steps / every) - first);
  return Array.from({ length: count }, (_, i) => (first + i) * every);
}

/** Most densities in a mean over many samples; the error estimate uses half as many intervals. */
const largestSet = 129;

/**
 * Mean over all samples of the exact bin probabilities, with a bound of its own error: the difference to the mean over every other
 * density, if not all samples were solved.
 */
export function gatheredProbabilities(
  prediction: Prediction,
  gathering: Gathering,
  steps: number,
  binning: Binning,
): Exact<{ probabilities: Float64Array; errors: Float64Array }> {
  const samples = gatheredSteps(gathering, steps);
  const all = samples.length <= largestSet;
  const chosen = all
    ? samples
    : Array.from(
        { length: largestSet },
        (_, i) => samples[Math.round((i * (samples.length - 1)) / (largestSet - 1))],
      );
  const densities = prediction.densities(chosen);
  if (densities.value === null) return densities;
  const found = densities.value.map((density) => density.probabilities(binning));
  const failed = found.find(({ value }) => value === null);
  if (failed?.value === null) return failed;
  const rows = found.map(({ value }) => value as Float64Array);
  const own = found.reduce((most, { errorEstimate }) => Math.max(most, errorEstimate ?? 0), 0);
  /** Trapezoidal weights of every `stride`-th density; all samples weigh the same. */
  const mean = (stride: number): Float64Array => {
    const part = rows.filter((_, i) => i % stride === 0);
    const raw = part.map((_, i) => (!all && (i === 0 || i === part.length - 1) ? 0.5 : 1));
    const sum = raw.reduce((a, b) => a + b, 0);
    return part[0].map((_, bin) => part.reduce((total, row, i) => total + (raw[i] / sum) * row[bin], 0));
  };
  const probabilities = mean(1);
  const coarse = all ? probabilities : mean(2);
  return exactly({ probabilities, errors: probabilities.map((p, bin) => own + Math.abs(p - coarse[bin])) });
}
