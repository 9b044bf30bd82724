import type { Estimate, Observation, Production } from "../ensemble/observations.ts";
import type { Problem } from "../experiment/problem.ts";
import { compileScalar } from "../expression/compile.ts";
import { div, mul } from "../expression/expression.ts";
import type { EntropyProductionResult } from "../result.ts";

/** kT in J at a reduced time: D = α kT/(Ms v B_K), and energies are in ½ Ms v B_K. Null where it varies over the ensemble. */
export function thermalEnergy(problem: Problem): ((t: number) => number) | null {
  if (problem.spreads.length > 0) return null;
  const relative = compileScalar(mul(2, div(problem.dynamics.diffusion, problem.alpha)), ["t"]);
  return (t) => relative(t) * problem.units.energy;
}

/** Entropy production and powers of the ensemble in SI units. */
export function entropyProductionResult(
  { name, records }: Extract<Observation, { type: "entropyProduction" }>,
  problem: Problem,
  time: (step: number) => number,
): EntropyProductionResult {
  const perSecond = 1 / problem.units.time;
  const kT = thermalEnergy(problem);
  const entropy = (part: keyof Estimate): number[] =>
    records.map(({ value }) => value.total[part] * perSecond);
  /** Empty where kT has no one value. */
  const power = (key: keyof Production, part: keyof Estimate): number[] =>
    kT === null
      ? []
      : records.map(({ step, value }) => value[key][part] * kT(step * problem.timeStep) * perSecond);
  return {
    type: "entropyProduction",
    name,
    times: records.map((record) => time(record.step)),
    total: entropy("mean"),
    totalStandardError: entropy("standardError"),
    heatToBath: power("heatToBath", "mean"),
    heatToBathStandardError: power("heatToBath", "standardError"),
    workOfTransfer: power("workOfTransfer", "mean"),
    workOfTransferStandardError: power("workOfTransfer", "standardError"),
    workOfDrive: power("workOfDrive", "mean"),
    workOfDriveStandardError: power("workOfDrive", "standardError"),
  };
}
