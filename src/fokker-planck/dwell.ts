import { compileScalar } from "../expression/compile.ts";
import { dotProduct } from "../linear-algebra/arnoldi.ts";
import { oncePer } from "../numerics/once-per.ts";

export type { Dwell } from "./dwell-figures.ts";

import { areParallel } from "../numerics/parallel.ts";
import { axialDwell } from "./axial-dwell.ts";
import { fastAzimuths } from "./azimuth-waves.ts";
import type { Band } from "./band-basis.ts";
import { bandBasis } from "./band-basis.ts";
import type { BandProblem } from "./band-problem.ts";
import { projectFlux, projectOnBand } from "./band-projection.ts";
import type { BandSetting } from "./band-refinement.ts";
import { acceptable, refineOnBand } from "./band-refinement.ts";
import { cleanProbability } from "./clean-probabilities.ts";
import { entriesOf } from "./dwell-entries.ts";
import type { Dwell } from "./dwell-figures.ts";
import { dwellFrom } from "./dwell-figures.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { shiftedRim } from "./first-passage.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { dynamicsInFrame, frameAlong, isLaboratory } from "./frame.ts";
import { sampledDrift } from "./generator.ts";
import type { PointMass } from "./initial-well.ts";
import { instantaneous } from "./instantaneous.ts";
import { bandFields } from "./slopes.ts";
import type { FokkerPlanckSolution } from "./solution.ts";
import type { StationaryOnGrid } from "./stationary-on-grid.ts";
import { stationaryOnGrid } from "./stationary-on-grid.ts";

/** "Up" begins when axis·m rises above `up` and ends when it falls below `down` < up. */
export interface DwellThresholds {
  readonly axis: Vec3;
  readonly up: number;
  readonly down: number;
}

/**
 * Mean dwell times of a two-state trace with hysteresis, in the stationary state and in the time unit of the dynamics. Between the
 * thresholds the forward committor q solves L†q = 0 and the labelled density g solves Fg = 0 (g = ρ_s at `up`, 0 at `down`): the
 * transition rate is D⟨|∇q|²⟩ and the occupation ∫g. Holds with precession and torque; the result is neither 1/λ₁ nor a first-passage
 * time.
 */
export function dwellTimes(
  solution: FokkerPlanckSolution,
  { axis, up, down }: DwellThresholds,
  options: { readonly tolerance?: number; readonly watchedEvery?: number } = {},
): Exact<Dwell> {
  const { tolerance = 1e-6, watchedEvery = 0 } = options;
  if (!(down < up && down > -1 && up < 1)) return outOfReach("thresholds must satisfy −1 < down < up < 1");
  const held = instantaneous(solution.dynamics, solution.time);
  const diffusion = compileScalar(held.diffusion, [])();
  const band: Band = {
    from: shiftedRim(down, -1, diffusion, watchedEvery),
    to: shiftedRim(up, 1, diffusion, watchedEvery),
  };
  const frame = frameAlong(axis);
  const there = dynamicsInFrame(frame, held);
  if (solution.axis && areParallel(solution.axis, axis)) return axialDwell(there, diffusion, band);
  const found = belt(solution, { dynamics: there, diffusion, band, axial: false, tolerance }, frame);
  if (found.value === null) return found;
  const { occupationUp: share, occupationError, transitionRate, errorEstimate } = found.value;
  const { value, errorEstimate: error = 0, reason } = cleanProbability(share, occupationError);
  if (value === null) return outOfReach(`occupation: ${reason}`);
  return exactly(
    dwellFrom({
      rate: { value: transitionRate, error: errorEstimate },
      up: { value, error },
      down: { value: 1 - value, error },
    }),
  );
}

/** The solution between two thresholds without axial symmetry, with the errors of its figures. */
export interface Belt extends BeltFigures {
  /** Absolute. */
  readonly occupationError: number;
  readonly errorEstimate: number;
}

/** Rounding of a share of the total probability. */
const ofSums = 1e-14;

const beltsOf = oncePer((_: FokkerPlanckSolution) => new Map<string, Exact<Belt>>());

/** The stationary state between thresholds, in the frame of their axis; computed once for each solution. */
export function belt(solution: FokkerPlanckSolution, setting: BandSetting, frame: Frame): Exact<Belt> {
  const key = JSON.stringify([frame, setting.band, setting.tolerance]);
  const found = beltsOf(solution);
  const answer = found.get(key) ?? refinedBelt(solution, setting, frame);
  found.set(key, answer);
  return answer;
}

function refinedBelt(solution: FokkerPlanckSolution, setting: BandSetting, frame: Frame): Exact<Belt> {
  const stationary = stationaryOnGrid(setting.dynamics, isLaboratory(frame) ? solution : undefined);
  if (stationary.value === null) return stationary;
  const state = stationary.value;
  const above = state.above(setting.band.to);
  if (above.value === null) return outOfReach(`occupation: ${above.reason}`);
  const beyond = above.value;
  const difference = (fine: BeltFigures, coarse: BeltFigures): number =>
    fine.transitionRate > 0
      ? Math.max(
          Math.abs(coarse.transitionRate / fine.transitionRate - 1),
          Math.abs(coarse.occupationUp - fine.occupationUp),
        )
      : Number.POSITIVE_INFINITY;
  const found = refineOnBand(setting, {
    solve: (problem) => solveBelt(problem, state, beyond),
    difference,
  });
  if (found.value === null) return outOfReach(`dwell times: ${found.reason}`);
  const { answer, coarser, errorEstimate } = found.value;
  // an occupation that has converged is known better than the rate; its error is the same share of the difference
  const apart = difference(answer, coarser);
  const ofShare = apart > 0 ? Math.abs(coarser.occupationUp - answer.occupationUp) / apart : 0;
  const occupationError = Math.max(ofShare * errorEstimate, above.errorEstimate ?? 0, ofSums);
  // both resolutions have the same stationary density
  const ofRounding = answer.rateRounding / answer.transitionRate;
  if (!(ofRounding <= acceptable))
    return outOfReach(
      `dwell times: the stationary density between the thresholds is so near to its rounding that the rate of transitions is known to ${ofRounding.toExponential(1)} only`,
    );
  return exactly({ ...answer, occupationError, errorEstimate: errorEstimate + ofRounding });
}

interface BeltFigures {
  readonly transitionRate: number;
  /** Error of the rate from rounding of the stationary density. */
  readonly rateRounding: number;
  readonly occupationUp: number;
  /** Starts of dwells: points of the upper and of the lower threshold with their shares of all entries. */
  readonly entries: { readonly up: readonly PointMass[]; readonly down: readonly PointMass[] };
  /** Seconds of a factorization between the thresholds. */
  readonly seconds: number;
}

function solveBelt(
  problem: BandProblem,
  stationary: StationaryOnGrid,
  above: number,
): { answer: BeltFigures; solutions: readonly Float64Array[] } {
  const { dynamics, diffusion } = stationary;
  const { band, count, mmax } = problem.basis;
  // the stationary density is not a polynomial, so it needs more nodes than the functions
  const basis = bandBasis(band, count, mmax, 0, count + 40);
  const azimuths = fastAzimuths(2 * mmax + 48);
  const n = basis.nodes.length;
  const width = band.to - band.from;
  const lift = basis.nodes.map((z) => (z - band.from) / width);
  const rho = stationary.sample(basis, azimuths);
  const flow = sampledDrift(dynamics, basis.nodes, (azimuths - 2) >> 1);
  const [fluxZ, fluxPhi] = [new Float64Array(n * azimuths), new Float64Array(n * azimuths)];
  for (let k = 0; k < n * azimuths; k++) {
    const q = (k / azimuths) | 0;
    const s2 = 1 - basis.nodes[q] ** 2;
    const labelled = rho.values[k] * lift[q];
    fluxZ[k] = flow.alongZ[k] * labelled - diffusion * s2 * (rho.alongZ[k] * lift[q] + rho.values[k] / width);
    fluxPhi[k] = flow.alongPhi[k] * labelled - (diffusion * rho.alongPhi[k] * lift[q]) / s2;
  }
  // F g = 0 with g = ρ_s·lift + a part that vanishes on the thresholds; L†q = 0 with q = lift + such a part
  const labelled = problem.solveForward(projectFlux(basis, azimuths, fluxZ, fluxPhi).map((x) => -x));
  const committor = problem.solveBackward(
    projectOnBand(
      basis,
      azimuths,
      (q, j) => -(flow.alongZ[q * azimuths + j] - 2 * diffusion * basis.nodes[q]) / width,
    ),
  );
  const fields = bandFields(basis, azimuths, committor);
  const one = projectOnBand(basis, 2 * mmax + 1, () => 1);
  let [rate, slopes, between] = [0, 0, dotProduct(one, labelled)];
  for (let k = 0; k < n * azimuths; k++) {
    const q = (k / azimuths) | 0;
    const s2 = 1 - basis.nodes[q] ** 2;
    const area = (basis.weights[q] * 2 * Math.PI) / azimuths;
    const slope =
      area * diffusion * (s2 * (fields.alongZ[k] + 1 / width) ** 2 + fields.alongPhi[k] ** 2 / s2);
    rate += rho.values[k] * slope;
    slopes += slope;
    between += area * rho.values[k] * lift[q];
  }
  return {
    answer: {
      transitionRate: rate,
      rateRounding: stationary.rounding * slopes,
      occupationUp: above + between,
      entries: entriesOf(problem.basis, labelled, stationary),
      seconds: problem.seconds(),
    },
    // the error of the rate is the product of the errors of both
    solutions: [committor.map((x, i) => x * labelled[i])],
  };
}
