import type { Outcome } from "./compare.ts";
import { compareFigures, productFigures } from "./compare.ts";
import { read } from "./reading.ts";
import type { Accuracy } from "./solve.ts";
import { oracleFigures } from "./solve.ts";
import type { Plain } from "./values.ts";

/** Meshes of a first look, and finer ones for where it sees a difference. */
const looks: readonly Accuracy[] = [
  { refinements: [2, 3, 4], rings: 6, tolerance: 1e-5 },
  { refinements: [3, 4, 5], rings: 8, tolerance: 1e-6 },
  { refinements: [4, 6, 8], rings: 8, tolerance: 1e-6 },
  { refinements: [6, 8, 11], rings: 8, tolerance: 1e-7 },
];
/** The same for averages over a spread, which need many solutions. */
const looksOfMany: readonly Accuracy[] = [
  { refinements: [1, 2, 3], rings: 8, tolerance: 1e-5 },
  { refinements: [2, 3, 4], rings: 8, tolerance: 1e-6 },
  // a start in one direction at low damping is narrower than the cells of the meshes before
  { refinements: [4, 6, 8], rings: 8, tolerance: 1e-6 },
];

/**
 * Holds the product's exact side of an experiment against the oracle's, or that of another experiment, which shows what is seen;
 * `quick` does without the finer meshes.
 */
export function checkExperiment(experiment: Plain, quick = false, other = experiment): Outcome {
  const product = productFigures(other);
  const [first, ...finer] = read(experiment).spreads.length > 0 ? looksOfMany : looks;
  let found = compareFigures(oracleFigures(experiment, first), product);
  for (const accuracy of quick ? [] : finer)
    if (found.disagreements.length > 0) found = compareFigures(oracleFigures(experiment, accuracy), product);
  return found;
}
