import { wgsl } from "../../expression/wgsl.ts";
import type { Tally } from "../kernel.ts";
import { gridSize, tallyExpressions } from "../tally.ts";

/** Words of a tally in the counters buffer: one per bin, or low, high and count of a sum. */
export const tallyWords = (tally: Tally): number => (tally.kind === "bins" ? tally.bins : 3);

/** The first word of each tally in the counters buffer, and the total number of words. */
export function tallyLayout(tallies: readonly Tally[]): { offsets: number[]; words: number } {
  let words = 0;
  const offsets = tallies.map((tally) => {
    const offset = words;
    words += tallyWords(tally);
    return offset;
  });
  return { offsets, words };
}

/** Bin number, or the value on its grid, as u32. */
export function amountText(tally: Tally, value: string): string {
  if (tally.kind === "bins") return `min(u32(${value}), ${tally.bins - 1}u)`;
  const perUnit = gridSize / (tally.high - tally.low);
  const onGrid = `((${value}) - ${wgsl.number(tally.low)}) * ${wgsl.number(perUnit)}`;
  return `u32(clamp(${onGrid} + 0.5f, 0.0f, ${gridSize}.0f))`;
}

/** A statement for each tally, under its condition; `outputs` are the printed `tallyExpressions`, one after the other. */
export function eachTally(
  tallies: readonly Tally[],
  outputs: readonly string[],
  write: (tally: Tally, amount: string, index: number) => string,
): string[] {
  let from = 0;
  return tallies.map((tally, index) => {
    const when = tally.when ? outputs[from] : undefined;
    const amount = amountText(tally, outputs[from + (tally.when ? 1 : 0)]);
    from += tallyExpressions(tally).length;
    const text = write(tally, amount, index);
    return when ? `if (${when}) { ${text} }` : text;
  });
}
