import type { Generator } from "./generator.ts";
import type { InstantaneousOperator } from "./instantaneous-operator.ts";
import type { SectorSolver } from "./sectors.ts";
import { factoringSeconds } from "./sectors.ts";

/** Cost of one resolution: approximate seconds of one core of a machine of 2020, and bytes of factorizations. */
export interface Cost {
  readonly seconds: number;
  readonly bytes: number;
}

/** Seconds per entry of the assembly, and per node of its quadrature if the potential is not a polynomial. */
const assembling = 3e-7;
const integrating = 1.5e-9;
/** Seconds per unknown for planning an elimination, and per multiplication in solutions. */
const planning = 2e-5;
const solving = 4e-9;
/** Number of solutions in each sector for the slowest mode. */
const solutions = 25;
/** Fewest entries in a column of any operator. */
const fewestEntries = 7;

/** Cost of a resolution as far as it was computed. It is counted, not timed, so that every machine makes the same decisions. */
export function costOf({ index, parts }: Generator, { sectors }: InstantaneousOperator): Cost {
  const assembly = parts.reduce(
    (sum, { matrix, isIntegrated }) =>
      sum + matrix.values.length * (assembling + (isIntegrated ? integrating * index.lmax : 0)),
    0,
  );
  const solvers = sectors.flatMap((sector) => sector.factored() ?? []);
  const stored = solvers.reduce((sum, solver) => sum + solver.stored, 0);
  return {
    seconds: assembly + eliminationSeconds(solvers) + solving * solutions * stored,
    bytes: 8 * stored,
  };
}

/** Seconds of plans and factorizations. */
export function eliminationSeconds(solvers: readonly SectorSolver[]): number {
  const unknowns = solvers.reduce((sum, { matrix }) => sum + matrix.rows, 0);
  const operations = solvers.reduce((sum, solver) => sum + solver.operations, 0);
  return planning * unknowns + factoringSeconds * operations;
}

/** The cost with another number of unknowns. */
export const costAt = ({ seconds, bytes }: Cost, size: number, next: number): Cost => ({
  seconds: seconds * (next / size) ** 1.5,
  bytes: bytes * (next / size) ** 1.15,
});

/** Lower bound of the cost of any operator on the sphere, known in advance. */
export const leastCost = (lmax: number): Cost => ({
  seconds: (fewestEntries * assembling + planning) * lmax ** 2,
  bytes: 300 * lmax ** 2,
});

export const shownCost = ({ seconds, bytes }: Cost): string =>
  `about ${seconds.toPrecision(2)} s and ${(bytes / 1e9).toPrecision(2)} GB`;
