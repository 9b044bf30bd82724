import type { Case } from "./cases.ts";
import type { Bend } from "./counted.ts";
import { counted, exactOf } from "./counted.ts";

/** Many runs of a case with other seeds, held against its exact value. */
export interface Series {
  readonly case: string;
  readonly exact: number;
  readonly runs: number;
  readonly spins: number;
  /** Number of runs whose interval contains the exact value, and of those without an interval. */
  readonly held: number;
  readonly none: number;
  /** Mean of the figures over the exact value, with the standard error from their scatter. */
  readonly mean: number;
  readonly error: number;
  /** Mean of the stated relative errors of the runs, and the processor time of one. */
  readonly stated: number;
  readonly seconds: number;
}

export async function series(of: Case, spins: number, runs: number, bend?: Bend): Promise<Series> {
  const exact = exactOf(of);
  let [held, none, stated, seconds] = [0, 0, 0, 0];
  const ratios: number[] = [];
  for (let seed = 1; seed <= runs; seed++) {
    const run = await counted(of, spins, seed, bend);
    const { figure, found } = run;
    ratios.push((figure?.value ?? 0) / exact);
    stated += (found.relativeError ?? 1) / runs;
    seconds += run.seconds / runs;
    if (!figure || figure.low === null || figure.high === null) none++;
    else if (figure.low <= exact && exact <= figure.high) held++;
  }
  const mean = ratios.reduce((sum, x) => sum + x / runs, 0);
  const error = Math.sqrt(ratios.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (runs - 1) / runs);
  return { case: of.name, exact, runs, spins, held, none, mean, error, stated, seconds };
}

/**
 * Whether nine in ten of the intervals contain the exact value, and the mean lies within four standard errors of it.
 */
export const isHonest = ({ runs, held, none, mean, error }: Series): boolean =>
  held + none >= 0.9 * runs && Math.abs(mean - 1) <= 4 * error;
