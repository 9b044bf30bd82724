import type { TallyResult } from "../kernel.ts";
import { amountsOf } from "../snapshot.ts";
import { sumResult } from "../tally.ts";
import type { Counter } from "./layout.ts";

/** Exact totals of counters, kept as whole numbers. */
export class Totals {
  private readonly counters: readonly Counter[];
  /** Per counter its bins, or sum on the grid and count. */
  private readonly amounts: bigint[][];

  /** `before`: counts of a snapshot with which the totals start. */
  constructor(counters: readonly Counter[], before?: readonly BigUint64Array[]) {
    this.counters = counters;
    this.amounts = counters.map(({ tally }, i) =>
      before ? [...before[i]] : new Array<bigint>(amountsOf(tally)).fill(0n),
    );
  }

  /** Adds the counts of one worker, given its memory from the first counter on. */
  add(memory: Uint8Array): void {
    const words = new BigUint64Array(memory.slice().buffer);
    this.counters.forEach(({ tally, address }, i) => {
      const from = (address - this.counters[0].address) / 8;
      const amounts = this.amounts[i];
      if (tally.kind === "bins") {
        for (let bin = 0; bin < tally.bins; bin++) amounts[bin] += words[from + bin];
      } else {
        amounts[0] += words[from] + words[from + 1];
        amounts[1] += words[from + 2];
      }
    });
  }

  /** Whole numbers of every counter, as a snapshot holds them. */
  exactly(): BigUint64Array[] {
    return this.amounts.map((amounts) => BigUint64Array.from(amounts));
  }

  results(): TallyResult[] {
    return this.counters.map(({ tally }, i): TallyResult => {
      const amounts = this.amounts[i].map(Number);
      if (tally.kind === "bins") return { kind: "bins", counts: Float64Array.from(amounts) };
      const [onGrid, count] = amounts;
      return sumResult(tally, onGrid, count);
    });
  }
}
