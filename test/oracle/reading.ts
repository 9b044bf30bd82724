import { addEnergy } from "./energies.ts";
import { addTorque } from "./torques.ts";
import type { Plain, Scalar, SpreadLaw, Vec3 } from "./values.ts";
import { Reader } from "./values.ts";

/** A term of the motion: −∇ψ + m×∇ω + flow, in 1/(unit of time of the file). */
export interface Term {
  readonly psi?: (m: Vec3, t: number) => number;
  readonly omega?: (m: Vec3, t: number) => number;
  readonly flow?: (m: Vec3, t: number) => Vec3;
}

/** The magnet at a time, SI or reduced. */
export interface MagnetAt {
  readonly Ms: number;
  readonly volume: number;
  readonly alpha: number;
  readonly gamma: number;
  readonly kT: number;
}

/** A file as it was understood: functions of m and t. */
export interface Reading {
  readonly terms: readonly (Term & { readonly driven: boolean })[];
  /** What is given as a vector field; undefined where nothing is. */
  readonly flow?: (m: Vec3, t: number) => Vec3;
  readonly diffusion: (t: number) => number;
  /** V/kT at t = 0, torques off. */
  readonly energyOverKT: (m: Vec3) => number;
  readonly timeDependent: boolean;
  readonly corners: readonly number[];
  readonly spreads: readonly SpreadLaw[];
  readonly duration: number;
  readonly initial: Plain;
}

const boltzmann = 1.380649e-23;
const gyromagneticRatio = 1.76085963e11;

function magnetOf(magnet: Plain, reader: Reader): (t: number) => MagnetAt {
  const alpha = reader.scalar(magnet.alpha as Scalar);
  if ("delta" in magnet) {
    const delta = reader.scalar(magnet.delta as Scalar);
    // γ' = B_K = K = v = 1: Ms = 2 K/B_K, γ = 1 + α²
    return (t) => ({ Ms: 2, volume: 1, alpha: alpha(t), gamma: 1 + alpha(t) ** 2, kT: 1 / delta(t) });
  }
  const Ms = reader.scalar(magnet.Ms as Scalar);
  const volume = reader.scalar(magnet.volume as Scalar);
  const temperature = reader.scalar(magnet.temperature as Scalar);
  const gamma = reader.scalar(magnet.gamma as Scalar | undefined, gyromagneticRatio);
  return (t) => ({
    Ms: Ms(t),
    volume: volume(t),
    alpha: alpha(t),
    gamma: gamma(t),
    kT: boltzmann * temperature(t),
  });
}

/** Reads an experiment; `deviates` fix the spread parameters, in the order in which they are read. */
export function read(experiment: Plain, deviates: readonly number[] = []): Reading {
  const reader = new Reader(deviates);
  const magnet = magnetOf(experiment.magnet as Plain, reader);
  // a changing temperature changes D alone; anything else of the magnet stands in every term
  const drivenMagnet = Object.entries(experiment.magnet as Plain).some(
    ([key, value]) => key !== "temperature" && key !== "delta" && new Reader().isDriven(value as Scalar),
  );
  let timeDependent = reader.timeDependent;
  /** What a term's reading makes, and whether the term depends on time. */
  const noted = <T>(make: () => T): { made: T; driven: boolean } => {
    reader.timeDependent = false;
    const made = make();
    const driven = reader.timeDependent || drivenMagnet;
    timeDependent ||= driven;
    return { made, driven };
  };
  const list = (key: string) => (experiment[key] ?? []) as Plain[];
  const densities = list("energies").map((entry) => noted(() => addEnergy(entry, reader, magnet)));
  const torques = list("torques").map((entry) => noted(() => addTorque(entry, reader, magnet)));
  /** γ'/Ms: from energy density to rate. */
  const rate = (t: number): number => {
    const { gamma, alpha, Ms } = magnet(t);
    return gamma / (1 + alpha * alpha) / Ms;
  };
  const flows = torques.flatMap(({ made }) => (made.flow ? [made.flow] : []));
  return {
    terms: [
      ...densities.map(({ made, driven }) => ({
        psi: (m: Vec3, t: number) => magnet(t).alpha * rate(t) * made(m, t),
        omega: (m: Vec3, t: number) => rate(t) * made(m, t),
        driven,
      })),
      ...torques.map(({ made, driven }) => ({ ...made, driven })),
    ],
    ...(flows.length > 0 ? { flow: (m: Vec3, t: number) => sumOf(flows.map((flow) => flow(m, t))) } : {}),
    diffusion: (t) => {
      const { alpha, kT, volume } = magnet(t);
      return (alpha * rate(t) * kT) / volume;
    },
    energyOverKT: (m) => {
      const { kT, volume } = magnet(0);
      return (volume * densities.reduce((sum, { made }) => sum + made(m, 0), 0)) / kT;
    },
    timeDependent,
    corners: [...new Set(reader.corners)].filter((t) => t > 0).sort((a, b) => a - b),
    spreads: reader.spreads,
    duration: (experiment.time as { duration: number }).duration,
    initial: (experiment.initial ?? { type: "direction", m: [0, 0, 1] }) as Plain,
  };
}

const sumOf = (vectors: readonly Vec3[]): Vec3 =>
  vectors.reduce<Vec3>((s, v) => [s[0] + v[0], s[1] + v[1], s[2] + v[2]], [0, 0, 0]);
