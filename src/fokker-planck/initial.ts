import { compileScalar, compileVector } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { surfaceGradient } from "../physics/dynamics.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { expressionsInFrame, inner, intoFrame } from "./frame.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { analyze, harmonicsAt, sampleOnGrid, sphereGrid } from "./harmonics.ts";
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
      return boltzmannCoefficients(energy, index, basinOf(energy, intoFrame(frame, initial.m)));
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

/** Whether a point's path of steepest descent ends in the minimum where that of `home` ends. */
function basinOf(energy: Expression, home: Vec3): (x: number, y: number, z: number) => boolean {
  const descend = descent(energy);
  const bottom = descend(home);
  return (x, y, z) => inner(descend([x, y, z], bottom), bottom) > 1 - 1e-4;
}

/** End of the path of steepest descent; it may end early within 0.01 rad of `known`. */
function descent(energy: Expression): (from: Vec3, known?: Vec3) => Vec3 {
  const evaluate = compileVector(surfaceGradient(energy), ["mx", "my", "mz"]);
  const value = compileScalar(energy, ["mx", "my", "mz"]);
  const slope = new Float64Array(3);
  return (from, known) => {
    let at = from;
    let height = value(...at);
    let step = 0.05;
    for (let iteration = 0; iteration < 3000 && step > 1e-7; iteration++) {
      if (known && inner(at, known) > 1 - 5e-5) return known;
      evaluate(slope, 0, ...at);
      const size = Math.hypot(slope[0], slope[1], slope[2]);
      if (size < 1e-10) break;
      const scale = step / size;
      const next: Vec3 = [at[0] - scale * slope[0], at[1] - scale * slope[1], at[2] - scale * slope[2]];
      const length = Math.hypot(...next);
      const candidate: Vec3 = [next[0] / length, next[1] / length, next[2] / length];
      const lower = value(...candidate);
      if (lower < height) {
        at = candidate;
        height = lower;
        step = Math.min(0.05, 1.2 * step);
      } else step /= 2;
    }
    return at;
  };
}
