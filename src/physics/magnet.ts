import type { Expression } from "../expression/expression.ts";
import { add, constant, div, mul, square } from "../expression/expression.ts";
import { boltzmannConstant, defaultGyromagneticRatio } from "./constants.ts";
import type { Dynamics } from "./dynamics.ts";
import type { Parameters } from "./parameter.ts";
import type { Resolved } from "./value.ts";

/** Quantities of the magnet that every term may use, in SI units: expressions of t and of per-spin parameters. */
export interface Magnet {
  /** A/m */
  readonly Ms: Expression;
  /** m³ */
  readonly volume: Expression;
  readonly alpha: Expression;
  /** rad/(s T) */
  readonly gamma: Expression;
  /** kT in J */
  readonly thermalEnergy: Expression;
}

export const magnetParameters = {
  Ms: { kind: "scalar", unit: "A/m", meaning: "saturation magnetization", above: 0 },
  volume: { kind: "scalar", unit: "m³", meaning: "volume of the magnet", above: 0 },
  alpha: { kind: "scalar", unit: "1", meaning: "Gilbert damping", above: 0 },
  temperature: { kind: "scalar", unit: "K", meaning: "temperature", minimum: 0 },
  gamma: {
    kind: "scalar",
    unit: "rad/(s T)",
    meaning: "gyromagnetic ratio",
    // nuclei and electrons lie far inside
    minimum: 1,
    maximum: 1e20,
    default: defaultGyromagneticRatio,
  },
  fieldScale: {
    kind: "number",
    unit: "T",
    meaning:
      "B_K, the field that sets the reduced units; default: 2 Ku1/Ms, or the largest field on the sphere if there is no uniaxial anisotropy",
    above: 0,
    optional: true,
  },
} as const satisfies Parameters;

/**
 * The same magnet without units: B_K, K, v and γ' are 1, so fields are over B_K, energy densities over
 * K = Ms B_K/2, energies over K v, and times in 1/(γ'B_K).
 */
export const reducedMagnetParameters = {
  delta: { kind: "scalar", unit: "1", meaning: "barrier over thermal energy, Kv/kT", above: 0 },
  alpha: magnetParameters.alpha,
} as const satisfies Parameters;

/** The magnet from its parameters in SI units. */
export const magnetInSI = (p: Resolved<typeof magnetParameters>): Magnet => ({
  Ms: p.Ms,
  volume: p.volume,
  alpha: p.alpha,
  gamma: p.gamma,
  thermalEnergy: mul(boltzmannConstant, p.temperature),
});

/** The magnet from Δ and α in units with B_K = K = v = γ' = 1: Ms = 2, γ = 1 + α², kT = 1/Δ. */
export const reducedMagnet = (p: Resolved<typeof reducedMagnetParameters>): Magnet => ({
  Ms: constant(2),
  volume: constant(1),
  alpha: p.alpha,
  gamma: add(1, square(p.alpha)),
  thermalEnergy: div(1, p.delta),
});

/** γ' = γ/(1 + α²), rad/(s T). */
export const gammaPrime = ({ gamma, alpha }: Magnet): Expression => div(gamma, add(1, square(alpha)));

/** L v = γ'/Ms, the factor from an energy density (J/m³) to a rate (1/s). L itself is in 1/(J s). */
export const ratePerDensity = (magnet: Magnet): Expression => div(gammaPrime(magnet), magnet.Ms);

/** L = γ'/(Ms v), 1/(J s): the paper's L_F (Eq. 26) with the volume made explicit. */
export const ratePerEnergy = (magnet: Magnet): Expression => div(ratePerDensity(magnet), magnet.volume);

/** Potentials of relaxation and precession in an energy: Ψ = α L V, Ω = L V (1/s). */
export function energyDynamics(density: Expression, magnet: Magnet): Dynamics {
  const rate = ratePerDensity(magnet);
  return {
    psi: mul(mul(magnet.alpha, rate), density),
    omega: mul(rate, density),
    diffusion: constant(0),
  };
}

/** Thermal agitation: D = α L kT (1/s), Brown 1963. */
export const thermalDynamics = (magnet: Magnet): Dynamics => ({
  psi: constant(0),
  omega: constant(0),
  diffusion: mul(magnet.alpha, magnet.thermalEnergy, ratePerEnergy(magnet)),
});
