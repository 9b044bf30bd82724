import type { Generator } from "./generator.ts";
import type { InstantaneousOperator } from "./instantaneous-operator.ts";
import type { SectorSolver } from "./sectors.ts";
import { factoringSeconds } from "./sectors.ts";

/** What one resolution takes: seconds of one core (about, of a machine of 2020) and bytes of factorizations. */
export interface Cost {
  readonly seconds: number;
  readonly bytes: number;
}

/** Seconds per entry of the assembly, and per node of its quadrature where the potential is no polynomial. */
const assembling = 3e-7;
const integrating = 1.5e-9;
/** Seconds per unknown in the plan of an elimination; per multiplication in solutions. */
const planning = 2e-5;
const solving = 4e-9;
/** Solutions that the slowest mode takes in each sector. */
const solutions = 25;
/** Entries in a column of any operator, at the least. */
const fewestEntries = 7;

/** Cost of a resolution as far as it was worked out, counted and not timed, so that every machine decides alike. */
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

/** What any operator of the sphere takes at least: a floor that is known before. */
export const leastCost = (lmax: number): Cost => ({
  seconds: (fewestEntries * assembling + planning) * lmax ** 2,
  bytes: 300 * lmax ** 2,
});

export const shownCost = ({ seconds, bytes }: Cost): string =>
  `about ${seconds.toPrecision(2)} s and ${(bytes / 1e9).toPrecision(2)} GB`;
