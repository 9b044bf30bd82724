import { compileScalar, compileVector } from "../expression/compile.ts";
import { mul } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import { gaussLegendreOn } from "../numerics/gauss-legendre.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { ambientGradient } from "../physics/dynamics.ts";
import type { RingBasis } from "./assembly.ts";
import { fastAzimuths } from "./azimuth-waves.ts";
import { isEquilibrium } from "./equilibrium.ts";
import type { Exact } from "./exact.ts";
import { exactly } from "./exact.ts";
import { laboratory } from "./frame.ts";
import { sampleOnGrid, sphereGrid, synthesize } from "./harmonics.ts";
import { intoLaboratory } from "./probabilities.ts";
import { valuesAndSlopes } from "./slopes.ts";
import type { FokkerPlanckSolution } from "./solution.ts";
import { solveFokkerPlanck } from "./solve.ts";

/** The stationary density with its slopes at any nodes, to full relative accuracy if it is known in closed form. */
export interface StationaryOnGrid {
  readonly dynamics: Dynamics;
  readonly diffusion: number;
  /** Absolute error of the density; 0 if its accuracy is relative. */
  readonly rounding: number;
  sample(
    basis: Pick<RingBasis, "nodes" | "weights">,
    azimuths: number,
  ): { values: Float64Array; alongZ: Float64Array; alongPhi: Float64Array };
  /** Probability of z above a threshold. */
  above(threshold: number): Exact<number>;
}

/**
 * For time-independent dynamics: exp(−Ψ/D)/Z if no probability current circulates, otherwise from a solution, which is given or computed.
 */
export function stationaryOnGrid(dynamics: Dynamics, known?: FokkerPlanckSolution): Exact<StationaryOnGrid> {
  const diffusion = compileScalar(dynamics.diffusion, [])();
  if (isEquilibrium(dynamics)) return exactly(boltzmannOnGrid(dynamics, diffusion));
  const solution: Exact<FokkerPlanckSolution> = known
    ? exactly(known)
    : solveFokkerPlanck(dynamics, { tolerance: 1e-9, frame: laboratory });
  if (solution.value === null) return solution;
  const stationary = solution.value.stationary();
  if (stationary.value === null) return stationary;
  const { probabilities } = stationary.value;
  const { index, coefficients } = intoLaboratory(stationary.value);
  const grid = sphereGrid(index.lmax + 1, fastAzimuths(2 * index.mmax + 2));
  const largest = synthesize(index, grid, coefficients).reduce((a, b) => Math.max(a, b));
  return exactly({
    dynamics,
    diffusion,
    rounding: Number.EPSILON * largest,
    sample: (rule, azimuths) => valuesAndSlopes(index, { rule, azimuths }, coefficients),
    above: (threshold) =>
      onlyOne(probabilities({ kind: "projection", axis: [0, 0, 1], edges: [threshold, 1] })),
  });
}

const onlyOne = (found: Exact<Float64Array>): Exact<number> =>
  found.value === null ? found : exactly(found.value[0], found.errorEstimate);

function boltzmannOnGrid(dynamics: Dynamics, diffusion: number): StationaryOnGrid {
  const potential = mul(1 / diffusion, dynamics.psi);
  const value = compileScalar(potential, magnetization);
  const gradient = compileVector(ambientGradient(potential), magnetization);
  const whole = sphereGrid(240, 480);
  const samples = sampleOnGrid(whole, value);
  const lowest = samples.reduce((a, b) => Math.min(a, b));
  const partition = (rule: Pick<RingBasis, "nodes" | "weights">) => {
    let sum = 0;
    sampleOnGrid({ rule, azimuths: 480 }, value).forEach((u, k) => {
      sum += (rule.weights[(k / 480) | 0] * Math.exp(lowest - u) * 2 * Math.PI) / 480;
    });
    return sum;
  };
  const total = partition(whole.rule);
  const slope = new Float64Array(3);
  return {
    dynamics,
    diffusion,
    rounding: 0,
    above: (threshold) => exactly(partition(gaussLegendreOn(200, threshold, 1)) / total),
    sample: ({ nodes }, azimuths) => {
      const size = nodes.length * azimuths;
      const [values, alongZ, alongPhi] = [
        new Float64Array(size),
        new Float64Array(size),
        new Float64Array(size),
      ];
      for (let k = 0; k < size; k++) {
        const z = nodes[(k / azimuths) | 0];
        const s = Math.sqrt((1 - z) * (1 + z));
        const phi = (2 * Math.PI * (k % azimuths)) / azimuths;
        const [c, d] = [Math.cos(phi), Math.sin(phi)];
        gradient(slope, 0, s * c, s * d, z);
        values[k] = Math.exp(lowest - value(s * c, s * d, z)) / total;
        alongZ[k] = -values[k] * (slope[2] - (z / s) * (c * slope[0] + d * slope[1]));
        alongPhi[k] = -values[k] * s * (c * slope[1] - d * slope[0]);
      }
      return { values, alongZ, alongPhi };
    },
  };
}
