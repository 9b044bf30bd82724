import type { TallyResult } from "../kernel.ts";
import { gridSize } from "../tally.ts";
import type { Counter } from "./layout.ts";

/** Exact totals of counters, kept as whole numbers until they are asked for. */
export class Totals {
  private readonly counters: readonly Counter[];
  /** Per counter its bins, or sum on the grid and count. */
  private readonly amounts: bigint[][];

  constructor(counters: readonly Counter[]) {
    this.counters = counters;
    this.amounts = counters.map(({ tally }) =>
      new Array<bigint>(tally.kind === "histogram" ? tally.bins : 2).fill(0n),
    );
  }

  /** Adds what one worker has counted: its memory from the first counter on. */
  add(memory: Uint8Array): void {
    const words = new BigUint64Array(memory.slice().buffer);
    this.counters.forEach(({ tally, address }, i) => {
      const from = (address - this.counters[0].address) / 8;
      const amounts = this.amounts[i];
      if (tally.kind === "histogram") {
        for (let bin = 0; bin < tally.bins; bin++) amounts[bin] += words[from + bin];
      } else {
        amounts[0] += words[from] + words[from + 1];
        amounts[1] += words[from + 2];
      }
    });
  }

  results(): TallyResult[] {
    return this.counters.map(({ tally }, i): TallyResult => {
      const amounts = this.amounts[i].map(Number);
      if (tally.kind === "histogram") return { kind: "histogram", counts: Float64Array.from(amounts) };
      const [onGrid, count] = amounts;
      const total = count * tally.low + (onGrid * (tally.high - tally.low)) / gridSize;
      return { kind: "sum", total, count };
    });
  }
}
