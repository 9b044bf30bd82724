import type { Tally } from "../kernel.ts";
import type { Numbered } from "../tally.ts";
import { tallyLayout, tallyWords } from "./tally-text.ts";
import type { Target } from "./target.ts";

/** Most words of workgroup memory for counters, so that several workgroups fit on one core of a GPU. */
const localLimit = 2048;

/** Adds to a counter of two words, each an atomic. */
const wide = `fn addWide(index: u32, amount: u32) {
  let before = atomicAdd(&counters[index], amount);
  if (before + amount < before) {
    atomicAdd(&counters[index + 1u], 1u);
  }
}`;

/** How a shader counts. */
export interface CountingText {
  /** Whether some counters are in workgroup memory. */
  readonly isLocal: boolean;
  readonly declarations: readonly string[];
  /** Lines that clear workgroup memory before the first step, and that add it to the counters after the last. */
  readonly clear: readonly string[];
  readonly flush: readonly string[];
  /** The statement that counts an amount, or a bin, for the i-th tally. */
  count(tally: Tally, amount: string, i: number): string;
}

/**
 * Counters as text: sampled histograms are counted in workgroup memory, which only a GPU has. With `grouped` each group of spins has
 * counters of its own, from `counted` on.
 */
export function countingText(
  tallies: readonly Tally[],
  sampled: readonly Numbered[],
  { target, workgroup, grouped }: { target: Target; workgroup: number; grouped: boolean },
): CountingText {
  const { offsets } = tallyLayout(tallies);
  const local = new Map<number, number>();
  let words = 0;
  for (const [tally, i] of sampled)
    if (target === "gpu" && tally.kind === "bins" && words + tally.bins <= localLimit) {
      local.set(i, words);
      words += tally.bins;
    }
  const isLocal = words > 0;
  const counters = grouped ? "counted + " : "";
  return {
    isLocal,
    declarations: [
      ...(tallies.some((tally) => tally.kind === "sum") ? [wide] : []),
      ...(isLocal ? [`var<workgroup> local: array<atomic<u32>, ${words}>;`] : []),
    ],
    clear: isLocal
      ? [
          `for (var i = lane; i < ${words}u; i += ${workgroup}u) { atomicStore(&local[i], 0u); }`,
          "workgroupBarrier();",
        ]
      : [],
    flush: isLocal
      ? [
          "workgroupBarrier();",
          ...[...local].flatMap(([i, at]) => [
            `for (var i = lane; i < ${tallyWords(tallies[i])}u; i += ${workgroup}u) {`,
            `  let gathered = atomicLoad(&local[${at}u + i]);`,
            `  if (gathered != 0u) { atomicAdd(&counters[${counters}${offsets[i]}u + i], gathered); }`,
            "}",
          ]),
        ]
      : [],
    count(tally, amount, i) {
      if (tally.kind === "sum")
        return `addWide(${counters}${offsets[i]}u, ${amount}); atomicAdd(&counters[${counters}${offsets[i] + 2}u], 1u);`;
      const at = local.get(i);
      return at === undefined
        ? `atomicAdd(&counters[${counters}${offsets[i]}u + ${amount}], 1u);`
        : `atomicAdd(&local[${at}u + ${amount}], 1u);`;
    },
  };
}
