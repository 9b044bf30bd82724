import type { Filling } from "../../ensemble/kernel.ts";
import { compileScalar } from "../../expression/compile.ts";
import { mul } from "../../expression/expression.ts";
import { magnetization } from "../../expression/vector.ts";
import { wellRegion } from "../../fokker-planck/initial-well.ts";
import { gaussLegendre } from "../../numerics/gauss-legendre.ts";
import type { EnergyDensity, InitialLaw, WellDensity } from "../../physics/initial/initial-law.ts";
import { purpose, seedStream, uniform } from "../../random/streams.ts";

/** Share of the spins that start from the tempered law; the others limit all weights to one over their share. */
export const temperedPart = 0.5;

/**
 * A start in which some spins are drawn at a temperature that makes all heights of a well about equally likely, with
 * the weights that correct for it.
 */
export interface TemperedStart {
  readonly law: InitialLaw;
  /** ln of the density of the start over the density of all draws. */
  readonly logWeight: (x: number, y: number, z: number) => number;
}

/** Orders of the quadratures over a well, and the largest relative change between them. */
const [coarse, fine] = [64, 128];
const settled = 1e-4;

/**
 * The Boltzmann law of a start over an energy divided by `depth` kT, in the same well. A spin drawn from it or, as
 * often, from the law itself weighs p/(½p + ½q) with the densities p and q of both, wherever it was drawn (the balance
 * heuristic; Owen and Zhou, J. Am. Stat. Assoc. 95 (2000) 135): the estimate stays unbiased. Undefined if the integrals
 * of the densities do not converge.
 */
export function temperedStart(
  initial: EnergyDensity | WellDensity,
  depth: number,
): TemperedStart | undefined {
  const { energyOverKT } = initial;
  const energy = compileScalar(energyOverKT, magnetization);
  const law = { ...initial, energyOverKT: mul(1 / depth, energyOverKT) };
  const [first, second] = [coarse, fine].map((degree) => logMassOver(law, energy, depth, degree));
  if (!(Math.abs(second - first) < settled)) return undefined;
  const [plain, added] = [Math.log(1 - temperedPart), Math.log(temperedPart) + second];
  return {
    law,
    logWeight: (x, y, z) => {
      const other = added + (1 - 1 / depth) * energy(x, y, z);
      const most = Math.max(plain, other);
      return -(most + Math.log1p(Math.exp(-Math.abs(plain - other))));
    },
  };
}

/**
 * ln of ∫ exp(−U) over ∫ exp(−U/depth), at nodes of the tempered law; at the rims of the well exp(−U) is small, so they
 * matter least.
 */
function logMassOver(
  law: EnergyDensity | WellDensity,
  energy: (x: number, y: number, z: number) => number,
  depth: number,
  degree: number,
): number {
  const nodes = "wellOf" in law ? wellRegion(law).quadrature(degree) : nodesOfSphere(degree);
  const energies = nodes.map(({ m }) => energy(...m));
  const lowest = energies.reduce((low, u) => Math.min(low, u), Number.POSITIVE_INFINITY);
  let [cold, warm] = [0, 0];
  nodes.forEach(({ area }, i) => {
    const height = energies[i] - lowest;
    cold += area * Math.exp(-height);
    warm += area * Math.exp(-height / depth);
  });
  return Math.log(cold / warm) - (1 - 1 / depth) * lowest;
}

/** Gauss nodes over the height and evenly spaced ones over the azimuth. */
function nodesOfSphere(degree: number) {
  const { nodes, weights } = gaussLegendre(2 * degree);
  const azimuths = 4 * degree;
  return [...nodes].flatMap((z, i) => {
    const s = Math.sqrt((1 - z) * (1 + z));
    return Array.from({ length: azimuths }, (_, k) => {
      const phi = (2 * Math.PI * k) / azimuths;
      const m = [s * Math.cos(phi), s * Math.sin(phi), z] as const;
      return { m, area: (weights[i] * 2 * Math.PI) / azimuths };
    });
  });
}

/**
 * Combines two sets of initial states: each spin takes the second with the probability `temperedPart`, by a random
 * number of its own.
 */
export function mixedFilling(plain: Filling, tempered: Filling, seed: number): Filling {
  const stream = new Uint32Array(4);
  const fill = (first: number, count: number): ReturnType<Filling> => {
    const [own, other] = [plain(first, count), tempered(first, count)];
    for (let place = 0; place < count; place++) {
      // the start itself uses number 0 of the stream
      seedStream(stream, seed, first + place, 1, purpose.initial);
      if (uniform(stream) >= temperedPart) continue;
      own.state.forEach((column, k) => {
        column[place] = other.state[k][place];
      });
    }
    return own;
  };
  return Object.assign(fill, {
    parameters: plain.parameters,
    prepare: async (pause: () => Promise<void>): Promise<void> => {
      await plain.prepare?.(pause);
      await tempered.prepare?.(pause);
    },
  });
}
