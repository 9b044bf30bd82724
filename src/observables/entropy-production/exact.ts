import type { Problem } from "../../experiment/problem.ts";
import { thermalEnergyOf } from "../../experiment/thermal-energy.ts";
import { compileScalar } from "../../expression/compile.ts";
import { stationaryEntropyProduction } from "../../fokker-planck/entropy-production.ts";
import type { Prediction } from "../../fokker-planck/predict.ts";

/** kT in J at a reduced time. Null where it varies over the ensemble. */
export function thermalEnergy(problem: Problem): ((t: number) => number) | null {
  if (problem.spreads.length > 0) return null;
  return compileScalar(thermalEnergyOf(problem), ["t"]);
}

/** Of the stationary state with the parameters of t = 0: entropies in k_B/s, powers in W. */
export type ProductionFigures = Readonly<Record<string, number | string | null>>;

/** Given for every problem, even if not requested. */
export function exactFigures(
  _known: unknown,
  problem: Problem,
  { typical, isSpread }: Prediction,
): ProductionFigures {
  const kT = thermalEnergy(problem);
  if (kT === null || problem.energyOverKT === null || isSpread)
    return { total: null, reason: "it differs from spin to spin" };
  const account = { energyOverKT: problem.energyOverKT, alpha: problem.alpha };
  const found = stationaryEntropyProduction(typical.solution, account);
  if (found.value === null) return { total: null, reason: found.reason as string };
  const { total, nonAdiabatic, housekeeping, heatToBath, workOfTransfer, workOfDrive } = found.value;
  const perSecond = 1 / problem.units.time;
  const watts = kT(0) * perSecond;
  return {
    total: total * perSecond,
    nonAdiabatic: nonAdiabatic * perSecond,
    housekeeping: housekeeping * perSecond,
    heatToBath: heatToBath * watts,
    workOfTransfer: workOfTransfer * watts,
    workOfDrive: workOfDrive * watts,
  };
}
