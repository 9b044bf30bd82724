import { compileScalar } from "../expression/compile.ts";
import { mul } from "../expression/expression.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { AxialProfile } from "./axial-profile.ts";
import { axialProfile } from "./axial-profile.ts";
import type { Band } from "./band-basis.ts";
import { isAlive } from "./band-basis.ts";

import { laboratory } from "./frame.ts";
import type { Meridian } from "./meridian.ts";
import { alongAxis } from "./meridian.ts";
import type { BandStart } from "./passage-start.ts";

/**
 * Mean passage time out of a band of an axial problem, from z or from a density, by double quadrature of positive terms: with one rim at
 * c, T(z) = ∫ dy [∫ p beyond y]/(D(1−y²)p(y)) between z and c; with two, the sum over both exits.
 */
export function axialPassage(dynamics: Dynamics, diffusion: number, band: Band, start: BandStart): number {
  const along = alongAxis(laboratory, mul(1 / diffusion, dynamics.psi));
  // the density may end in a step, so a panel ends there
  const ends = "density" in start ? (start.ends ?? []) : [];
  const marks = [...(along.marks ?? []), ...ends].sort((a, b) => a - b);
  const potential: Meridian = Object.assign((z: number) => along(z), { marks });
  const profile = axialProfile(potential, band.from, band.to);
  const times = passageTimes(profile, diffusion, band);
  if ("direction" in start) {
    const z = start.direction[2];
    if (!isAlive(band, z)) return 0;
    return interpolated(profile, potential, diffusion, band, z);
  }
  if (!("density" in start))
    return start.masses.reduce(
      (sum, { m, mass }) =>
        isAlive(band, m[2]) ? sum + mass * interpolated(profile, potential, diffusion, band, m[2]) : sum,
      0,
    );
  const s = profile.z.map((z) => Math.sqrt(1 - z * z));
  return profile.integral(
    times.map((time, i) => {
      let mean = 0;
      for (let j = 0; j < 48; j++) {
        const phi = (2 * Math.PI * j) / 48;
        mean += start.density([s[i] * Math.cos(phi), s[i] * Math.sin(phi), profile.z[i]]) / 48;
      }
      return 2 * Math.PI * mean * time;
    }),
  );
}

/** Most rounds of the iteration, and the relative distance of its bounds at which it ends. */
const mostRounds = 400;
const closeEnough = 1e-9;

/**
 * Rate at which a quasi-stationary ensemble leaves a band: the slowest eigenvalue λ of the operator with absorbing rims, by inverse
 * iteration u → (−L)⁻¹u of positive functions. The extremes of u over its image bound λ from both sides.
 * M. D. Donsker, S. R. S. Varadhan, Proc. Natl. Acad. Sci. 72 (1975) 780.
 */
export function axialEscapeRate(
  dynamics: Dynamics,
  diffusion: number,
  band: Band,
): { readonly rate: number; readonly errorEstimate: number } {
  const potential = alongAxis(laboratory, mul(1 / diffusion, dynamics.psi));
  const profile = axialProfile(potential, band.from, band.to);
  let u = new Float64Array(profile.z.length).fill(1);
  let [low, high] = [0, Number.POSITIVE_INFINITY];
  for (let round = 0; round < mostRounds && high - low > closeEnough * low; round++) {
    const image = passageTimes(profile, diffusion, band, u);
    const ratios = image.map((x, i) => u[i] / x);
    low = ratios.reduce((a, b) => Math.min(a, b));
    high = ratios.reduce((a, b) => Math.max(a, b));
    const top = image.reduce((a, b) => Math.max(a, b));
    u = image.map((x) => x / top);
  }
  return { rate: Math.sqrt(low * high), errorEstimate: (high - low) / (2 * low) };
}

/** Mean of ∫ f dt until a spin leaves, for a start at each node of the band's profile; without f it is the mean passage time T. */
export function passageTimes(
  profile: AxialProfile,
  diffusion: number,
  { from, to }: Band,
  along?: Float64Array,
): Float64Array {
  const { z } = profile;
  const density = along ? profile.density.map((p, i) => p * along[i]) : profile.density;
  const stiffness = profile.density.map((p, i) => diffusion * (1 - z[i]) * (1 + z[i]) * p);
  const over = (f: Float64Array) => f.map((x, i) => x / stiffness[i]);
  if (from <= -1) return profile.fromRight(over(profile.fromLeft(density)));
  if (to >= 1) return profile.fromLeft(over(profile.fromRight(density)));
  // two rims: T = ∫∫ G p with G(y,z) = h(min)·(1−h(max))·R, h the chance to leave at `to`, R the whole resistance
  const resistance = over(new Float64Array(z.length).fill(1));
  const whole = profile.integral(resistance);
  const h = profile.fromLeft(resistance).map((x) => x / whole);
  const rest = profile.fromRight(resistance).map((x) => x / whole);
  const below = profile.fromLeft(density.map((p, i) => p * h[i]));
  const above = profile.fromRight(density.map((p, i) => p * rest[i]));
  return z.map((_, i) => whole * (rest[i] * below[i] + h[i] * above[i]));
}

/** T at one point. The profile is cut there, so nothing is interpolated. */
function interpolated(
  profile: AxialProfile,
  potential: (z: number) => number,
  diffusion: number,
  band: Band,
  z: number,
): number {
  const { from, to } = band;
  const left = axialProfile(potential, from, Math.max(z, from + 1e-15));
  const right = axialProfile(potential, Math.min(z, to - 1e-15), to);
  // both parts in units of the weight exp(−W) relative to the whole band's minimum
  const weight = (part: AxialProfile) =>
    part.exponent.map((w) => Math.exp(-(w + part.lowest - profile.lowest)));
  const [pLeft, pRight] = [left, right].map(weight);
  const over = (part: AxialProfile, p: Float64Array, f: Float64Array) =>
    f.map((x, i) => x / (diffusion * (1 - part.z[i]) * (1 + part.z[i]) * p[i]));
  if (from <= -1) {
    const before = left.integral(pLeft);
    return right.integral(
      over(
        right,
        pRight,
        right.fromLeft(pRight).map((x) => x + before),
      ),
    );
  }
  if (to >= 1) {
    const beyond = right.integral(pRight);
    return left.integral(
      over(
        left,
        pLeft,
        left.fromRight(pLeft).map((x) => x + beyond),
      ),
    );
  }
  const ones = (part: AxialProfile) => new Float64Array(part.z.length).fill(1);
  const [leftResistance, rightResistance] = [over(left, pLeft, ones(left)), over(right, pRight, ones(right))];
  const [a, b] = [left.integral(leftResistance), right.integral(rightResistance)];
  const below = left.integral(left.fromLeft(leftResistance).map((x, i) => x * pLeft[i]));
  const above = right.integral(right.fromRight(rightResistance).map((x, i) => x * pRight[i]));
  return (b * below + a * above) / (a + b);
}

/** Ψ/D of an axial problem as a function of z, for one-dimensional formulas. */
export const axialPotential = (dynamics: Dynamics): ((z: number) => number) =>
  alongAxis(laboratory, mul(1 / compileScalar(dynamics.diffusion, [])(), dynamics.psi));
