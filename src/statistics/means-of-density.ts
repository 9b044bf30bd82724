import type { Production, Record } from "../ensemble/observations.ts";
import { productionFunctions } from "../ensemble/observers/entropy-production.ts";
import type { Moments } from "../ensemble/observers/moments.ts";
import { pairs } from "../ensemble/observers/moments.ts";
import type { Problem } from "../experiment/problem.ts";
import { compileScalar } from "../expression/compile.ts";
import { substitute } from "../expression/rewrite.ts";
import type { ObservedDensity } from "../fokker-planck/predict.ts";
import type { AllowedBias } from "./agreement.ts";
import type { Comparison } from "./comparison.ts";
import { notCompared } from "./comparison.ts";
import type { KnownLaw } from "./known-law.ts";
import { deviations } from "./known-law.ts";
import { compareMeans } from "./mean-comparison.ts";

/** What float32 arithmetic and sums on a grid of 2^−24 may add to a mean over many steps, of its range. */
const rounding = 2e-6;
/**
 * Share of a uniform density that counts as possible beside the exact one: below it an expansion in harmonics cannot tell a
 * small probability from none.
 */
const unresolved = 1e-8;

type Values = (x: Float64Array, y: Float64Array, z: Float64Array) => Float64Array[];

/** The law that functions of m have under a density. */
function lawOf(density: ObservedDensity, functions: Values): KnownLaw {
  const { x, y, z, mass, area } = density.masses();
  return {
    mass,
    possible: mass.map((p, q) => p + unresolved * area[q]),
    values: functions(x, y, z),
  };
}

const momentsAt: Values = (x, y, z) => [
  x,
  y,
  z,
  ...pairs.map(([i, j]) => [x, y, z][i].map((a, q) => a * [x, y, z][j][q])),
];

/** All nine first and second moments at one time. */
export function compareMoments(
  name: string,
  found: Moments,
  exact: ObservedDensity,
  bias: AllowedBias,
): Comparison {
  const means = [...found.m, ...found.mm];
  return compareMeans(name, means, [...exact.m, ...exact.mm], lawOf(exact, momentsAt), found.spins, {
    allowedBias: means.map(() => bias.moments),
    rounding: means.map(() => rounding),
  });
}

/**
 * Entropy production and powers at one time. A relative bias r of a density, root-mean-square, shifts the mean of f by at most
 * r times the standard deviation of f (Cauchy and Schwarz).
 */
export function compareProduction(
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
  const compiled = functions.map((f) => compileScalar(f, ["mx", "my", "mz"]));
  const law = lawOf(density, (x, y, z) => compiled.map((f) => x.map((_, q) => f(x[q], y[q], z[q]))));
  const deviation = deviations(law);
  const range = law.values.map((row) => row.reduce((most, f) => Math.max(most, Math.abs(f)), 0));
  return compareMeans(
    name,
    [value.total, value.heatToBath, value.workOfTransfer, value.workOfDrive].map(({ mean }) => mean),
    functions.map((f) => density.mean(f)),
    law,
    problem.ensemble,
    {
      allowedBias: deviation.map((s) => bias.relative * s),
      rounding: range.map((most) => rounding * most),
    },
  );
}
