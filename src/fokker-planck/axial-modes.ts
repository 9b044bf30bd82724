import type { AxialProfile } from "./axial-profile.ts";
import { panelSize } from "./axial-profile.ts";

/** One decaying axially symmetric mode of an axial problem. */
export interface AxialMode {
  /** Decay rate, in the unit of `diffusion`. */
  readonly rate: number;
  /** Eigenfunction of the backward operator at the profile's nodes, ∫ p φ² dz = 1. The density's mode is p φ. */
  readonly backward: Float64Array;
}

/**
 * Slowest modes of D exp(W) d/dz (1−z²) exp(−W) d/dz, without the zero mode, by iteration with its inverse (double quadrature). Every
 * integrand is positive or integrated from the side with little probability, so the rates keep full relative accuracy at any barrier.
 */
export function axialModes(profile: AxialProfile, diffusion: number, count: number): AxialMode[] {
  const inverse = greenOperator(profile, diffusion);
  const block = count > 1 ? count + 4 : 1;
  const starts = Array.from({ length: block }, (_, k) => startFunction(profile, k));
  const slowest = slowestMode(profile, inverse, starts[0]);
  const { functions, rates } = untilSettled(
    { functions: starts, rates: [] as readonly number[] },
    ({ functions: before }) => {
      const next = before.map((f, k) => (k === 0 ? slowest.backward : inverse(f).solution));
      orthonormalize(profile, next);
      const ratesOf = next.slice(0, count).map((f, k) => (k === 0 ? slowest.rate : 1 / inverse(f).work));
      return { functions: next, rates: ratesOf };
    },
    (before, now) => now.rates.every((rate, k) => Math.abs(rate - before.rates[k]) < 1e-13 * rate),
    count === 1 ? 1 : 60,
  );
  return rates.map((rate, k) => ({ rate, backward: functions[k] })).sort((a, b) => a.rate - b.rate);
}

/** What an iteration gives when its last two rounds agree, or after the last. */
function untilSettled<State>(
  start: State,
  next: (before: State) => State,
  agree: (before: State, now: State) => boolean,
  most: number,
): State {
  let now = start;
  for (let round = 0; round < most; round++) {
    const before = now;
    now = next(before);
    if (agree(before, now)) break;
  }
  return now;
}

/**
 * Solves −L†φ = f for f of zero mean: φ of zero mean, the work ⟨f, φ⟩ as an integral of squares, and the Rayleigh
 * quotient of φ.
 */
export type GreenOperator = (f: Float64Array) => { solution: Float64Array; work: number; rate: number };

/** The inverse of −L† on functions at the nodes of a profile; `diffusion` is D. */
export function greenOperator(profile: AxialProfile, diffusion: number): GreenOperator {
  const { z, weights, density } = profile;
  const below = profile.fromLeft(density);
  const above = profile.fromRight(density);
  const leftIsLight = below.map((left, i) => +(left <= above[i]));
  const median = leftIsLight.indexOf(0);
  return (f) => {
    const weighted = f.map((x, i) => x * density[i]);
    const left = profile.fromLeft(weighted);
    const right = profile.fromRight(weighted);
    const slope = new Float64Array(z.length);
    let dissipation = 0;
    for (let i = 0; i < z.length; i++) {
      const flux = leftIsLight[i] ? -left[i] : right[i];
      const stiffness = diffusion * (1 - z[i]) * (1 + z[i]) * density[i];
      slope[i] = stiffness > 0 ? flux / stiffness : 0;
      dissipation += weights[i] * flux * slope[i];
    }
    const solution = fromMedian(profile, slope, median);
    const mean = solution.reduce((sum, x, i) => sum + x * density[i] * weights[i], 0);
    let size = 0;
    for (let i = 0; i < z.length; i++) {
      solution[i] -= mean;
      size += weights[i] * density[i] * solution[i] * solution[i];
    }
    return { solution, work: dissipation, rate: dissipation / size };
  };
}

/** Integral of the slope from the panel that contains the median, so that the function is zero in the well with most probability. */
function fromMedian(profile: AxialProfile, slope: Float64Array, median: number): Float64Array {
  const panel = median - (median % panelSize);
  const up = profile.fromLeft(slope.map((x, i) => (i >= panel ? x : 0)));
  const down = profile.fromRight(slope.map((x, i) => (i < panel ? x : 0)));
  return up.map((x, i) => x - down[i]);
}

const slowestMode = (profile: AxialProfile, inverse: GreenOperator, start: Float64Array): AxialMode =>
  untilSettled<AxialMode>(
    { rate: 0, backward: start },
    ({ backward }) => {
      const { rate, solution } = inverse(backward);
      return { rate, backward: normalized(profile, solution) };
    },
    (before, now) => Math.abs(now.rate - before.rate) < 2e-15 * now.rate,
    80,
  );

const overlap = ({ density, weights }: AxialProfile, f: Float64Array, g: Float64Array): number =>
  f.reduce((sum, x, i) => sum + x * g[i] * density[i] * weights[i], 0);

function normalized(profile: AxialProfile, f: Float64Array): Float64Array {
  const size = Math.sqrt(overlap(profile, f, f));
  return f.map((x) => x / size);
}

/** Orthonormalizes in place, in order: the first function keeps its direction. */
function orthonormalize(profile: AxialProfile, functions: Float64Array[]): void {
  for (let k = 0; k < functions.length; k++) {
    for (let pass = 0; pass < 2; pass++)
      for (let j = 0; j < k; j++) {
        const part = overlap(profile, functions[j], functions[k]);
        for (let i = 0; i < functions[k].length; i++) functions[k][i] -= part * functions[j][i];
      }
    functions[k] = normalized(profile, functions[k]);
  }
}

function startFunction(profile: AxialProfile, k: number): Float64Array {
  const { z, density, weights } = profile;
  const f = z.map((x) => Math.cos((k + 1) * Math.acos(Math.max(-1, Math.min(1, x)))));
  const mean = f.reduce((sum, x, i) => sum + x * density[i] * weights[i], 0);
  return f.map((x) => x - mean);
}
