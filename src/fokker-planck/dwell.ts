import { compileScalar } from "../expression/compile.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";

export type { Dwell } from "./dwell-figures.ts";

import { axialDwell } from "./axial-dwell.ts";
import type { Band } from "./band-basis.ts";
import { bandBasis, bandOperator, bandOrdering, projectOnBand } from "./band-basis.ts";
import { bandFields, projectFlux } from "./band-fields.ts";
import { expansionDegree } from "./degree.ts";
import type { Dwell } from "./dwell-figures.ts";
import { dwellFrom } from "./dwell-figures.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { shiftedRim } from "./first-passage.ts";
import type { Vec3 } from "./frame.ts";
import { dynamicsInFrame, frameAlong, inner } from "./frame.ts";
import { frozenAt } from "./frozen.ts";
import { sampledDrift } from "./generator.ts";
import type { Ordering, SectorSolver } from "./sectors.ts";
import { factorSector, sectorMatrix, sectors } from "./sectors.ts";
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
 * Mean dwell times of a two-state trace with hysteresis, in the stationary state. Between the thresholds the forward
 * committor q solves L†q = 0 and the labelled density g solves Fg = 0 (g = ρ_s at `up`, 0 at `down`): the transition
 * rate is D⟨|∇q|²⟩ and the occupation ∫g. Holds with precession and torque; neither 1/λ₁ nor a first-passage time.
 */
export function dwellTimes(
  solution: FokkerPlanckSolution,
  { axis, up, down }: DwellThresholds,
  options: { readonly tolerance?: number; readonly watchedEvery?: number } = {},
): Exact<Dwell> {
  const { tolerance = 1e-5, watchedEvery = 0 } = options;
  if (!(down < up && down > -1 && up < 1)) return outOfReach("thresholds must satisfy −1 < down < up < 1");
  const frozen = frozenAt(solution.dynamics, solution.time);
  const diffusion = compileScalar(frozen.diffusion, [])();
  const band: Band = {
    from: shiftedRim(down, -1, diffusion, watchedEvery),
    to: shiftedRim(up, 1, diffusion, watchedEvery),
  };
  const frame = frameAlong(axis);
  const there = dynamicsInFrame(frame, frozen);
  if (solution.axis && 1 - Math.abs(inner(solution.axis, axis)) < 1e-14)
    return axialDwell(there, diffusion, band);
  const degrees = [there.psi, there.omega].map((of) => expansionDegree(of, 60));
  if (degrees.some((degree) => degree === undefined))
    return outOfReach("the potentials are not resolved by harmonics up to degree 60");
  const degree = Math.max(...(degrees as number[]));
  const stationary = stationaryOnGrid(there);
  if (stationary.value === null) return stationary;

  // the committor is wound as finely between the thresholds as the modes are on the sphere
  let count = Math.max(14, Math.ceil(firstCount * solution.lmax));
  let mmax = Math.max(8, Math.ceil(firstOrder * solution.lmax));
  if (mmax > largestOrder)
    return outOfReach(`dwell times need azimuthal orders beyond ${largestOrder} between the thresholds`);
  let coarse = solveBelt(stationary.value, band, degree, count, mmax);
  while (mmax < largestOrder) {
    count = Math.ceil(1.25 * count) + 1;
    mmax = Math.ceil(1.25 * mmax) + 1;
    const fine = solveBelt(stationary.value, band, degree, count, mmax);
    const errorEstimate = Math.max(
      Math.abs(fine.transitionRate / coarse.transitionRate - 1),
      Math.abs(fine.occupationUp - coarse.occupationUp),
    );
    if (errorEstimate <= tolerance && fine.transitionRate > 0) return exactly(dwellFrom(fine, errorEstimate));
    coarse = fine;
  }
  return outOfReach(
    `dwell times did not settle with ${count} × ${2 * mmax + 1} functions between the thresholds`,
  );
}

/** Functions along z and azimuthal orders to begin with, for each degree of harmonics that the solution took. */
const firstCount = 0.4;
const firstOrder = 0.5;
/** Beyond this a solution takes minutes. */
const largestOrder = 80;

function solveBelt(
  stationary: StationaryOnGrid,
  band: Band,
  degree: number,
  count: number,
  mmax: number,
): { transitionRate: number; occupationUp: number } {
  const { dynamics, diffusion } = stationary;
  const basis = bandBasis(band, count, mmax, degree + 20);
  const forward = bandOperator(basis, dynamics, diffusion, degree);
  const ordering = bandOrdering(basis);
  const azimuths = 4 * mmax + 24;
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
  const labelled = projectFlux(basis, azimuths, fluxZ, fluxPhi).map((x) => -x);
  const committor = projectOnBand(
    basis,
    azimuths,
    (q, j) => -(flow.alongZ[q * azimuths + j] - 2 * diffusion * basis.nodes[q]) / width,
  );
  solveBoth(forward, ordering, labelled, committor);
  const fields = bandFields(basis, azimuths, committor);
  const one = projectOnBand(basis, mmax + 1, () => 1);
  let [rate, between] = [0, 0];
  for (let k = 0; k < n * azimuths; k++) {
    const q = (k / azimuths) | 0;
    const s2 = 1 - basis.nodes[q] ** 2;
    const weight = (basis.weights[q] * rho.values[k] * 2 * Math.PI) / azimuths;
    rate += weight * diffusion * (s2 * (fields.alongZ[k] + 1 / width) ** 2 + fields.alongPhi[k] ** 2 / s2);
    between += weight * lift[q];
  }
  one.forEach((x, i) => {
    between += x * labelled[i];
  });
  return { transitionRate: rate, occupationUp: stationary.above(band.to) + between };
}

/** Solves F·labelled and Fᵀ·committor in place, sector by sector. */
function solveBoth(
  forward: SparseMatrix,
  ordering: Ordering,
  labelled: Float64Array,
  committor: Float64Array,
): void {
  for (const sector of sectors(forward, ordering)) {
    if (sector.unknowns.every((i) => Math.abs(labelled[i]) < 1e-16 && Math.abs(committor[i]) < 1e-16))
      continue;
    const solver: SectorSolver = factorSector(sectorMatrix(forward, sector), sector);
    for (const [x, solve] of [
      [labelled, solver.solve],
      [committor, solver.solveTransposed],
    ] as const) {
      const part = Float64Array.from(sector.unknowns, (i) => x[i]);
      solve(part);
      sector.unknowns.forEach((unknown, i) => {
        x[unknown] = part[i];
      });
    }
  }
}
