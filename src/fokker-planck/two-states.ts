import { oncePer } from "../numerics/once-per.ts";
import type { AxialSolution } from "./axial.ts";
import { isAxialSolution, isOneWell } from "./axial.ts";
import { fastAzimuths } from "./azimuth-waves.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Vec3 } from "./frame.ts";
import { intoFrame } from "./frame.ts";
import type { Generator } from "./generator.ts";
import { harmonicOrdering } from "./harmonic-ordering.ts";
import { sameIndex, sphereGrid, synthesize, synthesizeAll } from "./harmonics.ts";
import type { FokkerPlanckSolution } from "./solution.ts";
import { slowestModes } from "./spectrum-of-generator.ts";
import type { StateSamples } from "./state-samples.ts";
import { dividedStates, samplesOnAxis, samplesOnGrid } from "./state-samples.ts";

/** One of the two states that the slowest mode exchanges. */
export interface State {
  /** Mean direction in the state. */
  readonly m: Vec3;
  /** Stationary probability. */
  readonly weight: number;
  /** Escape rate to the other state: λ₁ times the weight of the other; null where that weight is not known to half of itself. */
  readonly rate: number | null;
  /** Relative error of the rate, from λ₁ and the weight of the other. */
  readonly rateError: number | null;
}

export interface TwoStates {
  /** "Up" is the state with the larger component of m along the axis on which they differ most. */
  readonly up: State;
  readonly down: State;
  /** Slowest rate over the next one: if it is small there are only two long-lived states. */
  readonly rateRatio: number | null;
  /** Probability to reach "up" first: the slowest left eigenvector, 0 in "down" and 1 in "up", at rows of mz and columns of φ. */
  readonly committor: {
    readonly mz: readonly number[];
    readonly phi: readonly number[];
    readonly value: readonly (readonly number[])[];
  };
}

/** With a larger ratio there are no two states. */
const largestRatio = 0.3;
/** Weights below this are rounding of the harmonics. */
const leastWeight = 1e-5;
/** Escape rates with a larger error are not given. */
const largestRateError = 0.5;
/** Azimuths beyond those that the density needs: the border between the states is no harmonic. */
const fewestAzimuths = 128;
/** Ratio of points in each direction between the grid that is used and the one for comparison, at least. */
const finerGrid = 1.5;
const rows = Array.from({ length: 41 }, (_, i) => -1 + i / 20);
const columns = Array.from({ length: 49 }, (_, j) => -Math.PI + (j * Math.PI) / 24);

/**
 * The two long-lived states behind the slowest mode, with their weights and the rates between them. The left eigenvector is flat in each
 * well, so its values identify the states, of any shape; λ₁ = rate up + rate down. Without `isChecked` neither the next rate nor
 * the error from the border between the states is computed.
 */
export function twoStates(solution: FokkerPlanckSolution, isChecked = true): Exact<TwoStates> {
  return isChecked ? checkedStates(solution) : uncheckedStates(solution);
}

const checkedStates = oncePer((solution: FokkerPlanckSolution) => statesOf(solution, true));
const uncheckedStates = oncePer((solution: FokkerPlanckSolution) => statesOf(solution, false));

function statesOf(solution: FokkerPlanckSolution, isChecked: boolean): Exact<TwoStates> {
  const slowest = solution.slowestRate;
  if (slowest.value === null) return slowest;
  if (solution.method === "deep well" || (isAxialSolution(solution) && isOneWell(solution.profile)))
    return outOfReach("there is only one well");
  const next = isChecked ? solution.eigenvalues(3).value?.[2]?.re : undefined;
  const rateRatio = next ? slowest.value / next : null;
  if (rateRatio !== null && rateRatio > largestRatio)
    return outOfReach(
      `there are no two long-lived states: the slowest rate is ${rateRatio.toFixed(2)} of the next`,
    );
  const found = isAxialSolution(solution) ? axialSamples(solution) : sphereSamples(solution);
  if (found.value === null) return found;
  const { samples, coarse, at } = found.value;
  const [a, b] = dividedStates(samples, solution.frame);
  if (!(a.weight > 0 && b.weight > 0))
    return outOfReach("the slowest mode does not divide the sphere into two parts");
  // the error of a weight at the border between the states decreases with the square of the points' distance
  const moved = isChecked ? Math.abs(dividedStates(coarse(), solution.frame)[0].weight - a.weight) : 0;
  const apart = a.m.map((x, i) => x - b.m[i]);
  const most = apart.reduce((best, x, i) => (Math.abs(x) > Math.abs(apart[best]) + 1e-9 ? i : best), 0);
  const [up, down] = apart[most] > 0 ? [a, b] : [b, a];
  const scale = 1 / (up.value - down.value);
  const least = isAxialSolution(solution) ? 0 : leastWeight;
  const { errorEstimate: ofRate = 0 } = slowest;
  const { errorEstimate: ofMoments = 0 } = solution.stationary();
  const leaving = (other: number): Pick<State, "rate" | "rateError"> => {
    const rateError = ofRate + (ofMoments + moved) / other;
    return other > least && rateError <= largestRateError
      ? { rate: slowest.value * other, rateError }
      : { rate: null, rateError: null };
  };
  return exactly({
    up: { m: up.m, weight: up.weight, ...leaving(down.weight) },
    down: { m: down.m, weight: down.weight, ...leaving(up.weight) },
    rateRatio,
    committor: {
      mz: rows,
      phi: columns,
      value: rows.map((z) =>
        columns.map((phi) => {
          const s = Math.sqrt(1 - z * z);
          const q = (at([s * Math.cos(phi), s * Math.sin(phi), z]) - down.value) * scale;
          return Math.min(1, Math.max(0, q));
        }),
      ),
    },
  });
}

/** Points of quadrature, and a coarser set, whose difference gives the error. */
type Sampled = Exact<{
  samples: StateSamples;
  coarse: () => StateSamples;
  at: (m: Vec3) => number;
}>;

function axialSamples(solution: AxialSolution): Sampled {
  const { profile, axis } = solution;
  const { z } = profile;
  const [{ backward }] = solution.modes(1);
  const samples = samplesOnAxis(profile, backward);
  return exactly({
    samples,
    coarse: () => samples,
    at: (m) => {
      const x = m[0] * axis[0] + m[1] * axis[1] + m[2] * axis[2];
      let [low, high] = [0, z.length - 1];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (z[middle] <= x) low = middle;
        else high = middle;
      }
      const share = Math.min(1, Math.max(0, (x - z[low]) / (z[high] - z[low])));
      return backward[low] + share * (backward[high] - backward[low]);
    },
  });
}

function slowestLeft(generator: Generator, time: number): Float64Array | undefined {
  const [mode] = slowestModes(generator.operatorAt(time), harmonicOrdering(generator), 1, { left: true });
  return mode && Math.abs(mode.rate.im) <= 1e-9 * Math.abs(mode.rate.re) ? mode.re : undefined;
}

function sphereSamples(solution: FokkerPlanckSolution): Sampled {
  const stationary = solution.stationary();
  if (stationary.value === null) return stationary;
  const made = solution.generator(solution.lmax);
  if (made.value === null) return made;
  const generator = made.value;
  const left = solution.slowestLeft ?? slowestLeft(generator, solution.time);
  if (!left) return outOfReach("the slowest mode oscillates: there are no two states");
  const { index } = generator;
  const map = { nodes: Float64Array.from(rows), azimuths: columns.length - 1 };
  const isOneIndex = sameIndex(index, stationary.value.index);
  const needed = Math.min(2 * index.lmax + 8, 2 * index.mmax + fewestAzimuths);
  const azimuths = fastAzimuths(Math.ceil(finerGrid * needed));
  const onGrid = (nodes: number, azimuths: number): StateSamples => {
    const grid = sphereGrid(nodes, azimuths);
    const { coefficients } = stationary.value;
    const [mode, density] = isOneIndex
      ? synthesizeAll(index, grid, [left, coefficients])
      : [synthesize(index, grid, left), synthesize(stationary.value.index, grid, coefficients)];
    return samplesOnGrid(grid, mode, density);
  };
  let known: Float64Array | undefined;
  const drawn = (): Float64Array => {
    const grid = { rule: { nodes: map.nodes, weights: map.nodes }, azimuths: map.azimuths };
    known ??= synthesize(index, grid, left);
    return known;
  };
  return exactly({
    samples: onGrid(Math.ceil(finerGrid * (index.lmax + 8)), azimuths),
    coarse: () => onGrid(index.lmax + 8, azimuths / 2),
    at: (m) => {
      const [x, y, z] = intoFrame(solution.frame, m);
      const row = Math.round((z + 1) * 20);
      const column = Math.round((Math.atan2(y, x) * 24) / Math.PI);
      return drawn()[row * map.azimuths + ((column + 2 * map.azimuths) % map.azimuths)];
    },
  });
}
