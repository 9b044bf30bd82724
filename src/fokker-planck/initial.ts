import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { expressionsInFrame, intoFrame, outOfFrame } from "./frame.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { analyze, harmonicsAt, sampleOnGrid, sphereGrid } from "./harmonics.ts";
import { initialWell } from "./initial-well.ts";
import { normalizedTotal } from "./stationary.ts";

/** How an ensemble starts. Energies are of the laboratory's mx, my, mz, in units of kT. */
export type InitialDensity =
  | { readonly kind: "direction"; readonly m: Vec3 }
  | { readonly kind: "uniform" }
  | { readonly kind: "boltzmann"; readonly energyOverKT: Expression }
  /** Boltzmann, restricted to the steepest-descent basin of the energy that holds m. */
  | { readonly kind: "well"; readonly energyOverKT: Expression; readonly m: Vec3 };

/** Coefficients of an initial density in the harmonics of a frame. */
export function initialCoefficients(
  initial: InitialDensity,
  index: HarmonicIndex,
  frame: Frame,
): Float64Array {
  switch (initial.kind) {
    case "direction":
      return harmonicsAt(index, intoFrame(frame, initial.m));
    case "uniform": {
      const c = new Float64Array(index.size);
      c[0] = normalizedTotal;
      return c;
    }
    case "boltzmann": {
      const [energy] = expressionsInFrame(frame, [initial.energyOverKT]);
      return boltzmannCoefficients(energy, index);
    }
    case "well": {
      const [energy] = expressionsInFrame(frame, [initial.energyOverKT]);
      const { holds } = initialWell(initial);
      return boltzmannCoefficients(energy, index, (x, y, z) => holds(outOfFrame(frame, [x, y, z])));
    }
  }
}

/** exp(−U)/Z in harmonics, by Gauss quadrature; `within` restricts it to a region. */
export function boltzmannCoefficients(
  energy: Expression,
  index: HarmonicIndex,
  within?: (x: number, y: number, z: number) => boolean,
): Float64Array {
  const evaluate = compileScalar(energy, ["mx", "my", "mz"]);
  // a step needs many nodes: its quadrature error falls only as their inverse, times exp(−barrier)
  const nodes = within ? Math.max(160, 2 * index.lmax) : Math.ceil(1.5 * index.lmax) + 40;
  const azimuths = index.mmax === 0 && !within ? 1 : within ? 2 * nodes : index.mmax + 2 * index.lmax + 41;
  const grid = sphereGrid(nodes, azimuths);
  const values = sampleOnGrid(grid, evaluate);
  const lowest = values.reduce((a, b) => Math.min(a, b));
  let place = 0;
  const weighted = sampleOnGrid(grid, (x, y, z) => {
    const weight = Math.exp(lowest - values[place++]);
    return weight < 1e-17 || (within && !within(x, y, z)) ? 0 : weight;
  });
  const c = analyze(index, grid, weighted);
  const scale = normalizedTotal / c[0];
  return c.map((x) => scale * x);
}
