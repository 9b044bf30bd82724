import type { Record } from "../../ensemble/observations.ts";
import type { Problem } from "../../experiment/problem.ts";
import { compileScalar } from "../../expression/compile.ts";
import { substitute } from "../../expression/rewrite.ts";
import { magnetization } from "../../expression/vector.ts";
import type { ObservedDensity } from "../../fokker-planck/predict.ts";
import type { AllowedBias } from "../../statistics/agreement.ts";
import { timeText } from "../../statistics/agreement.ts";
import type { Comparison } from "../../statistics/comparison.ts";
import { notCompared } from "../../statistics/comparison.ts";
import { deviations } from "../../statistics/known-law.ts";
import { compareMeans } from "../../statistics/mean-comparison.ts";
import { lawOf, rounding } from "../../statistics/means-of-density.ts";
import { againstDensities } from "../against-densities.ts";
import type { Beside } from "../observable.ts";
import type { ObservedProduction, Production } from "./count.ts";
import { productionFunctions } from "./count.ts";
import type { PlannedProduction } from "./spec.ts";

/** A function below this share of the largest one counts as zero. */
const nothing = 1e-6;

/**
 * Entropy production and powers at one time. A relative bias r of a density, root-mean-square, shifts the mean of f by at most
 * r times the standard deviation of f (Cauchy and Schwarz).
 */
function compareProduction(
  name: string,
  problem: Problem,
  { step, value }: Record<Production>,
  density: ObservedDensity,
  bias: AllowedBias,
): Comparison {
  const test = "likelihood ratio of the means";
  if (problem.spreads.length > 0)
    return notCompared(name, test, "parameters with a spread stand in the functions that are averaged");
  const t = step * problem.timeStep;
  const functions = substitute(productionFunctions(problem), { t });
  const compiled = functions.map((f) => compileScalar(f, magnetization));
  const known = lawOf(density, (x, y, z) => compiled.map((f) => x.map((_, q) => f(x[q], y[q], z[q]))));
  if (known.value === null) return notCompared(name, test, known.reason);
  const law = known.value;
  const deviation = deviations(law);
  const range = law.values.map((row) => row.reduce((most, f) => Math.max(most, Math.abs(f)), 0));
  // much smaller functions are rounding, such as the power of spin transfer without a torque
  const least = nothing * Math.max(...range);
  return compareMeans(
    name,
    [value.total, value.heatToBath, value.workOfTransfer, value.workOfDrive].map(({ mean }) => mean),
    functions.map((f) => density.mean(f)),
    law,
    problem.ensemble,
    {
      allowedBias: deviation.map((s) => bias.relative * s),
      rounding: range.map((most) => rounding * Math.max(most, least)),
    },
  );
}

/** Compares each record with the exact density at its time. */
export function compare(
  observed: ObservedProduction,
  beside: Beside<PlannedProduction, never>,
): Comparison[] {
  const { problem, bias } = beside;
  return againstDensities(observed, beside, (record, density) => [
    compareProduction(
      `${observed.name} at ${timeText(problem, record.step)}`,
      problem,
      record,
      density,
      bias,
    ),
  ]);
}
