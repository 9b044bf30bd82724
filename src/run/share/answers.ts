import type { Ensemble, TallyResult } from "../../ensemble/kernel.ts";
import type { Column } from "../../ensemble/snapshot.ts";

/**
 * Counters of one set of tallies as whole numbers: the bins of each, or its sum in units of the grid and the number of
 * values.
 */
export type Amounts = readonly Float64Array[];

/** The data of one sample: views by name, and the state of the requested spins. */
export interface Answers {
  readonly views: Readonly<Record<string, Amounts>>;
  /** One column per state variable; null if none was requested. */
  readonly spins: readonly Column[] | null;
}

export const amountsOf = (results: readonly TallyResult[]): Amounts =>
  results.map((result) =>
    result.kind === "bins" ? result.counts.slice() : Float64Array.of(result.onGrid, result.count),
  );

/** Spins [first, first + count) of an ensemble. */
export interface SpinRange {
  readonly first: number;
  readonly count: number;
}

/**
 * A part of a larger ensemble, read by samples that were made for the whole: a sample of the first spins of the whole
 * gets those of them in this part. Stores the data read since the last call of `taken`.
 */
export function noting(
  ensemble: Ensemble,
  { first, count: here }: SpinRange,
  variables: number,
): { readonly ensemble: Ensemble; taken(): Answers } {
  let views: Record<string, Amounts> = {};
  let spins: readonly Column[] | null = null;
  const single = ensemble.precision === "float32";
  return {
    ensemble: {
      ...refusing(ensemble),
      async observe(view) {
        const results = await ensemble.observe(view);
        views[view] = amountsOf(results);
        return results;
      },
      async read(count) {
        const wanted = Math.max(0, Math.min(here, count - first));
        const columns =
          wanted > 0
            ? await ensemble.read(wanted)
            : Array.from({ length: variables }, () => new Float64Array());
        if (!spins || spins[0].length < wanted)
          spins = columns.map((column) => (single ? Float32Array.from(column) : column.slice()));
        return columns;
      },
    },
    taken() {
      const answers = { views, spins };
      [views, spins] = [{}, null];
      return answers;
    },
  };
}

/** An ensemble that may only be sampled. */
export function refusing({ adapter, precision }: Pick<Ensemble, "adapter" | "precision">): Ensemble {
  const refused = async (): Promise<never> => {
    throw new Error("a share of an ensemble is sampled, no more");
  };
  return {
    adapter,
    precision,
    advance: refused,
    observe: refused,
    collect: refused,
    read: refused,
    column: refused,
    gather: refused,
    snapshot: refused,
    dispose: async () => undefined,
  };
}
