import type { Outcome } from "./compare.ts";
import { compareFigures, productFigures } from "./compare.ts";
import { read } from "./reading.ts";
import type { Accuracy } from "./solve.ts";
import { oracleFigures } from "./solve.ts";
import type { Plain } from "./values.ts";

/** Meshes of a first look, and those that decide where the first look sees a difference. */
const first: Accuracy = { refinements: [2, 3, 4], rings: 8, tolerance: 3e-6 };
const decisive: Accuracy = { refinements: [4, 6, 8], rings: 8, tolerance: 1e-6 };
/** The same for averages over a spread, which need many solutions. */
const firstOfMany: Accuracy = { refinements: [1, 2, 3], rings: 8, tolerance: 1e-5 };
const decisiveOfMany: Accuracy = { refinements: [2, 3, 4], rings: 8, tolerance: 1e-6 };

/** Holds the product's exact side of an experiment against the oracle's. */
export function checkExperiment(experiment: Plain, quick = false): Outcome {
  const product = productFigures(experiment);
  const many = read(experiment).spreads.length > 0;
  const found = compareFigures(oracleFigures(experiment, many ? firstOfMany : first), product);
  if (quick || found.disagreements.length === 0) return found;
  return compareFigures(oracleFigures(experiment, many ? decisiveOfMany : decisive), product);
}
