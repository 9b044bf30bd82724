import type { TallyResult } from "../ensemble/kernel.ts";
import type { Observation } from "../ensemble/observations.ts";
import type { PlannedObservable } from "../experiment/problem.ts";
import type { Expression } from "../expression/expression.ts";

type Counted = readonly TallyResult[];

/**
 * Figures that page and benchmark need besides those of an experiment. An observable that gives one says how it is requested, as written
 * in an experiment (`written`, without its type) or planned, and reads the figure. So page and benchmark name no observable.
 */
export interface Questions<Planned extends PlannedObservable, Observed extends Observation> {
  /** ⟨m⟩ at so many times. */
  readonly means: {
    written(times: number): object;
    read(counted: Counted): { readonly m: readonly number[]; readonly mStandardError: readonly number[] };
  };
  /** The distribution of the component along z in even bins, at so many times: counts. */
  readonly distribution: {
    written(bins: number, times: number): object;
    read(counted: Counted): Float64Array;
  };
  /** The distribution over the sphere at the end, in bins of equal area: counts, rows from −z to z. */
  readonly map: {
    written(rows: number, columns: number): object;
    read(counted: Counted): Float64Array;
  };
  /** How long a state lasts that a condition ends, and whether it is lost within some seconds. */
  readonly lifetime: { written(until: string, seconds: number): object };
  /** ⟨m m⟩ at one step: xx, yy, zz, xy, xz, yz. */
  readonly squares: {
    planned(step: number): Planned;
    read(observed: Observed): {
      readonly mm: readonly number[];
      readonly mmStandardError: readonly number[];
    } | null;
  };
  /** When a condition first holds; `sum` of the times, in units of the duration. */
  readonly passage: {
    planned(until: Expression): Planned;
    read(observed: Observed): {
      readonly passed: number;
      readonly censored: number;
      readonly sum: number;
    } | null;
  };
}
