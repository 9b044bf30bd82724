import { gaussLegendre } from "../numerics/gauss-legendre.ts";
import { legendrePolynomials } from "../numerics/legendre-polynomials.ts";
import type { ClosedForm } from "./closed-form.ts";
import type { SwitchingPulse } from "./spin-torque-switching.ts";

/** A pulse together with an axial field (over B_K). */
export interface AxialPulse extends SwitchingPulse {
  /** Default 0. */
  readonly field?: number;
}

/**
 * Probability that mz > 0 after the pulse, of a spin in thermal equilibrium in the well at +z before it. The density
 * Σ a_l P_l(mz) obeys, in time αt and with h' = h − i,
 *
 *   a_l' = −l(l+1)/(2Δ) a_l + l(l+1) [g_{l−1}/(2l−1) − g_{l+1}/(2l+3)],
 *   g_k = h' a_k + k a_{k−1}/(2k−1) + (k+1) a_{k+1}/(2k+3),
 *
 * integrated by Runge–Kutta of order 4 instead of Tzoufras's diagonalization. Absolute error 1e-12.
 */
export const legendreNotSwitched = (pulse: AxialPulse): number =>
  legendreNotSwitchedAt(pulse, [pulse.time])[0];

/** Time step times the fastest rate; Runge–Kutta is stable up to 2.8. */
const stepLimit = 1.5;
/** Most multiplications for which the expansion is integrated: some seconds. */
const mostWork = 2e9;

/** The same at several ascending lengths of the pulse, in one integration; NaN where that would take longer than some seconds. */
export function legendreNotSwitchedAt(
  { delta, alpha, overdrive, field = 0 }: Omit<AxialPulse, "time">,
  times: readonly number[],
): number[] {
  const h = field - overdrive;
  const order = 40 + Math.ceil(9 * Math.sqrt(2 * delta * (1 + Math.abs(h))));
  const fastest = (order * (order + 1)) / (2 * delta) + 2 * order * (1 + Math.abs(h));
  const longest = times[times.length - 1] ?? 0;
  // four stages of five bands; the start takes order² of them
  if (!((20 * order * (alpha * longest * fastest)) / stepLimit + 4 * order * order <= mostWork))
    return times.map(() => Number.NaN);
  const bands = generator(delta, h, order);
  const rate = (from: Float64Array, into: Float64Array) => {
    for (let l = 0; l <= order; l++) {
      let sum = 0;
      for (let k = Math.max(0, l - 2); k <= Math.min(order, l + 2); k++)
        sum += bands[5 * l + k - l + 2] * from[k];
      into[l] = sum;
    }
  };
  const a = thermalStart(delta, field, order);
  const slopes = [0, 1, 2, 3].map(() => new Float64Array(order + 1));
  const at = new Float64Array(order + 1);
  const advance = (time: number): void => {
    const steps = Math.ceil((alpha * time * fastest) / stepLimit);
    const dt = (alpha * time) / steps;
    for (let n = 0; n < steps; n++) {
      rate(a, slopes[0]);
      for (const [stage, weight] of [0.5, 0.5, 1].entries()) {
        for (let l = 0; l <= order; l++) at[l] = a[l] + weight * dt * slopes[stage][l];
        rate(at, slopes[stage + 1]);
      }
      for (let l = 0; l <= order; l++)
        a[l] += (dt / 6) * (slopes[0][l] + 2 * slopes[1][l] + 2 * slopes[2][l] + slopes[3][l]);
    }
  };
  // ∫₀¹ P_l = [P_{l−1}(0) − P_{l+1}(0)]/(2l+1) for odd l, and ½ of all for l = 0.
  const atZero = legendrePolynomials(0, order + 1);
  const up = (): number => {
    let sum = 0.5;
    for (let l = 1; l <= order; l += 2) sum += (a[l] * (atZero[l - 1] - atZero[l + 1])) / (2 * l + 1);
    return sum;
  };
  let now = 0;
  return times.map((time) => {
    if (time > now) advance(time - now);
    now = time;
    return up();
  });
}

/** Row l holds the factors of a_{l−2} … a_{l+2}. */
function generator(delta: number, h: number, order: number): Float64Array {
  const bands = new Float64Array(5 * (order + 1));
  for (let l = 1; l <= order; l++) {
    const scale = l * (l + 1);
    bands[5 * l + 2] = -scale / (2 * delta);
    // g_{l−1} enters with 1/(2l−1), g_{l+1} with −1/(2l+3).
    for (const [k, factor] of [
      [l - 1, scale / (2 * l - 1)],
      [l + 1, -scale / (2 * l + 3)],
    ]) {
      bands[5 * l + k - l + 2] += factor * h;
      if (k > 0) bands[5 * l + k - l + 1] += (factor * k) / (2 * k - 1);
      bands[5 * l + k - l + 3] += (factor * (k + 1)) / (2 * k + 3);
    }
  }
  return bands;
}

/** Coefficients a_l = (l+½) ∫ P_l ρ of the Boltzmann density cut to mz > 0, of unit integral. */
function thermalStart(delta: number, field: number, order: number): Float64Array {
  const { nodes, weights } = gaussLegendre(2 * order);
  const sums = new Float64Array(order + 1);
  for (let i = 0; i < nodes.length; i++) {
    const z = (nodes[i] + 1) / 2;
    const weight = weights[i] * Math.exp(delta * ((z - 1) * (z + 1 + 2 * field)));
    const p = legendrePolynomials(z, order);
    for (let l = 0; l <= order; l++) sums[l] += weight * p[l];
  }
  return sums.map((sum, l) => ((l + 0.5) * sum) / sums[0]);
}

/** Bound of the absolute error of the expansion in double precision. */
const floor = 1e-11;

const bounded = (probability: number): number => Math.max(0, probability);

export const tzoufras: ClosedForm<AxialPulse> = {
  name: "Tzoufras, Legendre expansion",
  quantity: "not-switched probability",
  unit: "1",
  cite: "M. Tzoufras, AIP Adv. 8 (2018) 056002, arXiv:1708.01671",
  validWhen:
    "Collinear uniaxial magnet, Δ ≥ 10, thermal start in the well at +z; exact down to 1e-11; not given if it takes longer than some seconds.",
  inRange: (pulse) => pulse.delta >= 10 && legendreNotSwitched(pulse) > floor,
  value: (pulse) => bounded(legendreNotSwitched(pulse)),
};

/** The rows of `tzoufras` at several ascending lengths of the pulse. */
export const tzoufrasAt = (
  pulse: Omit<AxialPulse, "time">,
  times: readonly number[],
): { value: number | null; inRange: boolean }[] =>
  legendreNotSwitchedAt(pulse, times).map((value) => ({
    value: Number.isNaN(value) ? null : bounded(value),
    inRange: pulse.delta >= 10 && value > floor,
  }));
