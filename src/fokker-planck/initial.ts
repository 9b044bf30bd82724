import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import type { Frame } from "./frame.ts";
import { expressionsInFrame, intoFrame } from "./frame.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { analyze, harmonicsAt, sampleOnGrid, sphereGrid } from "./harmonics.ts";
import type { InitialDensity } from "./initial-density.ts";
import { initialWell, wellRegion } from "./initial-well.ts";
import { normalizedTotal } from "./stationary.ts";

export type { InitialDensity } from "./initial-density.ts";

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
      return wellCoefficients(initial, energy, index, frame);
    }
  }
}

/** Nodes of so small a share of all are left out. */
const negligible = 1e-15;

/** exp(−U)/Z within a well in harmonics: by rays from its bottom that meet its rim exactly. */
function wellCoefficients(
  initial: Extract<InitialDensity, { kind: "well" }>,
  energy: Expression,
  index: HarmonicIndex,
  frame: Frame,
): Float64Array {
  const evaluate = compileScalar(energy, magnetization);
  const { bottom } = initialWell(initial);
  const lowest = evaluate(...intoFrame(frame, bottom));
  const c = new Float64Array(index.size);
  let total = 0;
  const nodes = wellRegion(initial)
    .quadrature(index.lmax)
    .map(({ m, area }) => {
      const at = intoFrame(frame, m);
      const weight = area * Math.exp(lowest - evaluate(...at));
      total += weight;
      return { at, weight };
    });
  for (const { at, weight } of nodes) {
    if (weight < (negligible * total) / nodes.length) continue;
    const y = harmonicsAt(index, at);
    for (let i = 0; i < c.length; i++) c[i] += weight * y[i];
  }
  const scale = normalizedTotal / c[0];
  return c.map((x) => scale * x);
}

/** exp(−U)/Z in harmonics, by Gauss quadrature. */
export function boltzmannCoefficients(energy: Expression, index: HarmonicIndex): Float64Array {
  const evaluate = compileScalar(energy, magnetization);
  const azimuths = index.mmax === 0 ? 1 : index.mmax + 2 * index.lmax + 41;
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
