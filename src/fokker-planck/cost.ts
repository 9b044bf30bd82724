import type { FrozenOperator } from "./frozen-operator.ts";
import type { Generator } from "./generator.ts";

/** What one resolution takes: seconds of one core (about, of a machine of 2020) and bytes of factorizations. */
export interface Cost {
  readonly seconds: number;
  readonly bytes: number;
}

/** Seconds per multiplication: in the quadratures of the assembly, in factorizations, in solutions. */
const assembling = 1.5e-9;
const factoring = 0.5e-9;
const solving = 1.5e-9;
/** Solutions that the slowest mode takes in each sector. */
const solutions = 25;

/** Cost of a resolution that was worked out, counted and not timed, so that every machine decides alike. */
export function costOf({ index, parts }: Generator, { sectors }: FrozenOperator): Cost {
  const entries = parts.reduce((sum, { matrix }) => sum + matrix.values.length, 0);
  const solvers = sectors.map((sector) => sector.shifted());
  const operations = solvers.reduce((sum, solver) => sum + solver.operations, 0);
  const stored = solvers.reduce((sum, solver) => sum + solver.stored, 0);
  return {
    seconds: assembling * entries * index.lmax + factoring * operations + solving * solutions * stored,
    bytes: 8 * stored,
  };
}

/** The cost with another number of unknowns. */
export const costAt = ({ seconds, bytes }: Cost, size: number, next: number): Cost => ({
  seconds: seconds * (next / size) ** 1.5,
  bytes: bytes * (next / size) ** 1.15,
});

/** Multiplications per unknown and degree that any operator of the sphere takes at least: a floor that is known before. */
export const leastCost = (lmax: number): Cost => ({
  seconds: (2 * assembling + 10 * factoring) * lmax ** 3,
  bytes: 300 * lmax ** 2,
});

export const shownCost = ({ seconds, bytes }: Cost): string =>
  `about ${seconds.toPrecision(2)} s and ${(bytes / 1e9).toPrecision(2)} GB`;
