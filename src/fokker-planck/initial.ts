import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import type { InitialLaw, WellDensity } from "../physics/initial/initial-law.ts";
import type { Frame } from "./frame.ts";
import { expressionsInFrame, intoFrame } from "./frame.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { analyze, harmonicsAt, sampleOnGrid, sphereGrid } from "./harmonics.ts";
import { massesOver, wellRegion } from "./initial-well.ts";
import { harmonicsOfMasses } from "./scattered-harmonics.ts";
import { normalizedTotal } from "./stationary.ts";

/** Coefficients of an initial density in the harmonics of a frame. */
export function initialCoefficients(initial: InitialLaw, index: HarmonicIndex, frame: Frame): Float64Array {
  if ("direction" in initial) return harmonicsAt(index, intoFrame(frame, initial.direction));
  if ("isotropic" in initial) {
    const c = new Float64Array(index.size);
    c[0] = normalizedTotal;
    return c;
  }
  if ("wellOf" in initial) return wellCoefficients(initial, index, frame);
  const [energy] = expressionsInFrame(frame, [initial.energyOverKT]);
  return boltzmannCoefficients(energy, index);
}

/** exp(−U)/Z within a well in harmonics: integrated along rays from its bottom, which end exactly on its rim. */
function wellCoefficients(initial: WellDensity, index: HarmonicIndex, frame: Frame): Float64Array {
  const points = massesOver(initial, wellRegion(initial), index.lmax);
  const c = harmonicsOfMasses(
    index,
    points.map(({ m, mass }) => ({ m: intoFrame(frame, m), mass })),
  );
  const scale = normalizedTotal / c[0];
  return c.map((x) => scale * x);
}

/** exp(−U)/Z in harmonics, by Gauss quadrature. */
export function boltzmannCoefficients(energy: Expression, index: HarmonicIndex): Float64Array {
  const evaluate = compileScalar(energy, magnetization);
  // a power of two for the fast transform; for a rectangle, enough for its orders
  const orders = Math.min(2 * index.lmax + 41, 3 * index.mmax + 60);
  const azimuths = index.mmax === 0 ? 1 : 2 ** Math.ceil(Math.log2(index.mmax + orders));
  const grid = sphereGrid(Math.ceil(1.5 * index.lmax) + 40, azimuths);
  const values = sampleOnGrid(grid, evaluate);
  const lowest = values.reduce((a, b) => Math.min(a, b));
  const weighted = values.map((value) => {
    const weight = Math.exp(lowest - value);
    return weight < 1e-17 ? 0 : weight;
  });
  const c = analyze(index, grid, weighted);
  const scale = normalizedTotal / c[0];
  return c.map((x) => scale * x);
}
