import type { Outcome } from "./compare.ts";
import { compareFigures, productFigures } from "./compare.ts";
import { read } from "./reading.ts";
import type { Accuracy } from "./solve.ts";
import { oracleFigures } from "./solve.ts";
import type { Plain } from "./values.ts";

/** Meshes of a first look, and those that decide where the first look sees a difference. */
const first: Accuracy = { refinements: [2, 3, 4], rings: 8, tolerance: 3e-6 };
const decisive: Accuracy = { refinements: [4, 6, 8], rings: 8, tolerance: 1e-6 };
/** For a test: enough to see a per cent of anything. */
const brief: Accuracy = { refinements: [2, 3, 4], rings: 6, tolerance: 1e-5 };
/** The same for averages over a spread, which need many solutions. */
const firstOfMany: Accuracy = { refinements: [1, 2, 3], rings: 8, tolerance: 1e-5 };
const decisiveOfMany: Accuracy = { refinements: [2, 3, 4], rings: 8, tolerance: 1e-6 };

/**
 * Holds the product's exact side of an experiment against the oracle's, or that of another experiment, which shows what is seen;
 * `quick` does without the finer meshes.
 */
export function checkExperiment(experiment: Plain, quick = false, other = experiment): Outcome {
  const product = productFigures(other);
  const many = read(experiment).spreads.length > 0;

  if (quick) return compareFigures(oracleFigures(experiment, many ? firstOfMany : brief), product);
  const found = compareFigures(oracleFigures(experiment, many ? firstOfMany : first), product);
  if (found.disagreements.length === 0) return found;
  return compareFigures(oracleFigures(experiment, many ? decisiveOfMany : decisive), product);
}
