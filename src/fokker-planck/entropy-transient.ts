import { besideTime } from "../expression/beside-time.ts";
import type { Expression } from "../expression/expression.ts";
import { div, sub, variablesOf } from "../expression/expression.ts";
import { substitute } from "../expression/rewrite.ts";
import { gaussLegendreOn } from "../numerics/gauss-legendre.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { isDriven } from "../physics/dynamics.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import type { EnergyAccount } from "../physics/powers.ts";
import { energyApart } from "../physics/powers.ts";
import type { Density } from "./density.ts";
import type { EntropyAccount } from "./entropy-production.ts";
import { flowOf } from "./entropy-production.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { refineUntilTwoAgree } from "./refinement.ts";
import { entropy, relativeEntropy } from "./relative-entropy.ts";
import type { FokkerPlanckSolution } from "./solution.ts";

/** Sums over an interval of time, with the change of the system's own entropy and energy. */
export interface TransientAccount extends Omit<EntropyAccount, "nonAdiabatic" | "housekeeping"> {
  /** Null under changing parameters, because it is then no difference of relative entropies. */
  readonly nonAdiabatic: number | null;
  readonly housekeeping: number | null;
  readonly systemEntropyChange: number;
  readonly energyChange: number;
}

/** Accepted change of every sum when the number of time panels is doubled, in k_B or kT. */
const settled = 1e-8;
const nodesPerPanel = 8;
const mostPanels = 64;

/**
 * Sums over 0 ≤ t ≤ duration from an initial density. The total is the system's entropy change plus the entropy given to the medium; with
 * constant parameters the non-adiabatic part is the decrease of KL(ρ‖ρ_s). No numerical derivative is taken.
 */
export function entropyProductionOver(
  solution: FokkerPlanckSolution,
  account: EnergyAccount,
  initial: InitialLaw,
  duration: number,
  breakpoints: readonly number[] = [],
): Exact<TransientAccount> {
  if ("direction" in initial) return outOfReach("the entropy of a start from one direction is infinite");
  return refineUntilTwoAgree<number, TransientAccount, TransientAccount>({
    first: 2,
    solve: (panels) => summed(solution, account, initial, duration, breakpoints, panels),
    finer: (panels) => (panels < mostPanels ? 2 * panels : undefined),
    compare: ({ coarse, fine }) => (difference(coarse, fine) < settled ? { enough: exactly(fine) } : {}),
    unresolved: (panels) =>
      `sums over time did not settle to ${settled} with ${panels} panels of Gauss nodes`,
  });
}

const difference = (a: TransientAccount, b: TransientAccount): number =>
  Math.max(
    ...(["total", "heatToBath", "workOfTransfer", "workOfDrive"] as const).map((key) =>
      Math.abs(a[key] - b[key]),
    ),
  );

function summed(
  solution: FokkerPlanckSolution,
  account: EnergyAccount,
  initial: InitialLaw,
  duration: number,
  breakpoints: readonly number[],
  panels: number,
): Exact<TransientAccount> {
  const jumps = breakpoints.filter((t) => t > 0 && t < duration);
  const edges = [0, ...jumps, duration];
  const nodes: { t: number; weight: number }[] = [];
  for (let e = 0; e + 1 < edges.length; e++)
    for (let p = 0; p < panels; p++) {
      const width = (edges[e + 1] - edges[e]) / panels;
      const rule = gaussLegendreOn(nodesPerPanel, edges[e] + p * width, edges[e] + (p + 1) * width);
      rule.nodes.forEach((t, i) => {
        nodes.push({ t, weight: rule.weights[i] });
      });
    }
  const times = [...nodes.map(({ t }) => t), ...edges].sort((a, b) => a - b);
  const densities = solution.evolve(initial, times);
  if (densities.value === null) return densities;
  const densityAt = new Map(densities.value.map((density, i) => [times[i], density]));
  const at = (t: number): Density => densityAt.get(t) as Density;
  const [first, last] = [at(0), at(duration)];
  const sums = { medium: 0, heatToBath: 0, workOfTransfer: 0, workOfDrive: 0 };
  nodes.forEach(({ t, weight }) => {
    const flow = flowOf(solution, account, at(t), t);
    for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += weight * flow[key];
  });
  const ofJump = workOfJumps(account, solution.dynamics);
  for (const t of jumps) sums.workOfDrive += ofJump(at(t), t, duration);
  const systemEntropyChange = entropy(last) - entropy(first);
  const total = sums.medium + systemEntropyChange;
  const nonAdiabatic = lostRelativeEntropy(solution, first, last);
  return exactly({
    total,
    nonAdiabatic,
    housekeeping: nonAdiabatic === null ? null : total - nonAdiabatic,
    heatToBath: sums.heatToBath,
    workOfTransfer: sums.workOfTransfer,
    workOfDrive: sums.workOfDrive,
    systemEntropyChange,
    energyChange: meanEnergy(account, last, duration) - meanEnergy(account, first, 0),
  });
}

function meanEnergy({ energyOverKT }: EnergyAccount, density: Density, t: number): number {
  if (!variablesOf(energyOverKT).has("t")) return density.mean(energyOverKT);
  return density.mean(substitute([energyOverKT], { t })[0]);
}

/** Gain of ⟨V⟩ at jumps of the drive, which derivatives do not contain, in units of kT after the jump. */
function workOfJumps(account: EnergyAccount, dynamics: Dynamics) {
  const { energy, temperature } = energyApart(dynamics, account);
  return (density: Density, t: number, duration: number): number => {
    const at = (of: Expression, time: number): Expression => substitute([of], { t: time })[0];
    const [before, behind] = besideTime(t, duration);
    return density.mean(div(sub(at(energy, behind), at(energy, before)), at(temperature, behind)));
  };
}

function lostRelativeEntropy(solution: FokkerPlanckSolution, first: Density, last: Density): number | null {
  if (isDriven(solution.dynamics)) return null;
  const stationary = solution.stationary();
  if (stationary.value === null) return null;
  return relativeEntropy(first, stationary.value) - relativeEntropy(last, stationary.value);
}
