import type { Ensemble, Tally, TallyResult } from "../../ensemble/kernel.ts";
import type { Column } from "../../ensemble/snapshot.ts";
import { sumResult } from "../../ensemble/tally.ts";

/** Counters of one set of tallies as whole numbers: the bins of each, or its sum on the grid and the number of values. */
export type Amounts = readonly Float64Array[];

/** What one sample was answered: views by name, and the state of spins as far as they were asked for. */
export interface Answers {
  readonly views: Readonly<Record<string, Amounts>>;
  /** One column a state variable; null where none was asked for. */
  readonly spins: readonly Column[] | null;
}

export const amountsOf = (results: readonly TallyResult[]): Amounts =>
  results.map((result) =>
    result.kind === "histogram" ? result.counts.slice() : Float64Array.of(result.onGrid, result.count),
  );

export const resultsOf = (tallies: readonly Tally[], amounts: Amounts): TallyResult[] =>
  tallies.map((tally, i): TallyResult => {
    if (tally.kind === "histogram") return { kind: "histogram", counts: amounts[i].slice() };
    const [onGrid, count] = amounts[i];
    return sumResult(tally, onGrid, count);
  });

/** Whole numbers of several shares added; the order does not matter below 2⁵³. */
export const added = (all: readonly Amounts[]): Amounts =>
  all[0].map((one, i) => one.map((_, k) => all.reduce((sum, amounts) => sum + amounts[i][k], 0)));

/** Spins [first, first + count) of an ensemble. */
export interface SpinRange {
  readonly first: number;
  readonly count: number;
}

/**
 * An ensemble that is a stretch of a larger one, for samples that were made for the whole: a sample of the first spins of all gets those
 * of them that are here. What was answered since `taken` last is noted.
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

/** An ensemble that may be sampled, no more. */
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
