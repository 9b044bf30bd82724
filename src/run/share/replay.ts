import type { Ensemble, TallyResult } from "../../ensemble/kernel.ts";
import type { Plan } from "../../ensemble/plan.ts";
import { addedUp, gathered, resultsOf } from "../../ensemble/tally.ts";
import type { Answers } from "./answers.ts";
import { refusing } from "./answers.ts";
import type { SpinShare } from "./spin-share.ts";

/** All raw data of one share at one step. */
function answersAt({ parts }: SpinShare, step: number): Answers {
  const found = parts.flatMap(({ records }) => records.filter((record) => record.step === step));
  const reads = found.flatMap(({ value }) => (value.spins ? [value.spins] : []));
  return {
    views: Object.assign({}, ...found.map(({ value }) => value.views)),
    spins: reads.reduce<Answers["spins"]>(
      (most, spins) => (most && most[0].length >= spins[0].length ? most : spins),
      null,
    ),
  };
}

/**
 * All shares as one ensemble after the run: it returns the sums of the counts of the shares, and their spins in the
 * order of their numbers.
 */
export function replayed({ kernel, gathered: places }: Plan, shares: readonly SpinShare[]): Ensemble {
  const ordered = [...shares].sort((a, b) => a.first - b.first);
  const { adapter, precision } = ordered[0];
  let step = 0;
  let known: { readonly step: number; readonly answers: readonly Answers[] } | undefined;
  const now = (): readonly Answers[] => {
    if (known?.step !== step) known = { step, answers: ordered.map((share) => answersAt(share, step)) };
    return known.answers;
  };
  return {
    ...refusing({ adapter, precision }),
    async advance(to) {
      step = Math.max(step, to);
    },
    async observe(view) {
      const amounts = now().map(({ views }) => views[view]);
      if (amounts.some((one) => !one)) throw new Error(`a share has not sampled ${view} in step ${step}`);
      return resultsOf(kernel.views[view], addedUp(amounts));
    },
    async read(count) {
      const spins = Math.min(count, kernel.spins);
      const columns = kernel.state.map(() => new Float64Array(spins));
      now().forEach((answers, i) => {
        const { first } = ordered[i];
        if (first >= spins) return;
        if (!answers.spins) throw new Error(`a share has not read its spins in step ${step}`);
        answers.spins.forEach((column, k) => {
          columns[k].set(column.subarray(0, spins - first), first);
        });
      });
      return columns;
    },
    async collect() {
      // only bins are gathered during the steps
      const results = gathered(kernel).map(
        (tally): TallyResult =>
          tally.kind === "bins"
            ? { kind: "bins", counts: new Float64Array(tally.bins) }
            : { kind: "sum", total: 0, count: 0, onGrid: 0 },
      );
      places.forEach((own, i) => {
        const binned = own.flatMap((k) => {
          const result = results[k];
          return result.kind === "bins" ? [result.counts] : [];
        });
        for (const { parts } of ordered)
          parts[i].counts.forEach((counts, k) => {
            counts.forEach((n, bin) => {
              binned[k][bin] += n;
            });
          });
      });
      return results;
    },
  };
}
