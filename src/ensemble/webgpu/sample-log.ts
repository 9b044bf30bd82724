import type { TallyResult } from "../kernel.ts";
import type { Lowered } from "../lowered.ts";
import type { Device, DeviceBuffer } from "./device.ts";

/*
 * A processor that runs shaders executes atomics one lane after the other. There a sample writes bin numbers to a log, those of several
 * spins in one word, and the host counts (docs/performance.md).
 */

/** One sampled histogram in the log. */
export interface LogEntry {
  /** Place in `gathered`. */
  readonly tally: number;
  readonly every: number;
  readonly bins: number;
  /** Bits of one bin number; the number `bins` means a spin that is not counted. */
  readonly bits: number;
  /** Bin numbers in a word, and words of one invocation's spins. */
  readonly perWord: number;
  readonly words: number;
}

/** The sampled histograms among these tallies, each with as many bin numbers in a word as fit. */
export const logEntries = (sampled: Lowered["sampled"], spinsPerInvocation: number): LogEntry[] =>
  sampled.flatMap(([tally, place]) => {
    if (tally.kind !== "bins") return [];
    const { every = 1, bins } = tally;
    const numbers = bins + (tally.when ? 1 : 0);
    let perWord = spinsPerInvocation;
    while (perWord > 1 && numbers > 2 ** Math.floor(32 / perWord)) perWord--;
    const bits = Math.floor(32 / perWord);
    return [{ tally: place, every, bins, bits, perWord, words: Math.ceil(spinsPerInvocation / perWord) }];
  });

/** Samples at steps [from, to). */
const samplesBetween = (every: number, from: number, to: number): number =>
  Math.ceil(to / every) - Math.ceil(from / every);

/**
 * Lines that find the place of an invocation's words of each entry, without the offset of the sample. The words of a workgroup lie
 * together: sample after sample, in each the words of its invocations. `slot` names the invocation's number in the dispatch.
 */
export function logPlaces(entries: readonly LogEntry[], workgroup: number, slot: string): string[] {
  const samplesTo = (step: string, every: number) => `(span.${step} + ${every - 1}u) / ${every}u`;
  const lengths = entries.map(
    ({ every, words }) => `(${samplesTo("endStep", every)} - ${samplesTo("firstStep", every)}) * ${words}u`,
  );
  return entries.flatMap(({ every, words }, k) => {
    const row = [
      `${slot} / ${workgroup}u * (${lengths.join(" + ")})`,
      ...lengths.slice(0, k),
      `0u - ${samplesTo("firstStep", every)} * ${words}u`,
    ];
    return [`let log${k} = (${row.join(" + ")}) * ${workgroup}u + ${slot} % ${workgroup}u;`];
  });
}

/** Statements that write a sample at step `step` to the log; `numbers` are the bin numbers of an invocation's spins. */
export function logSample(
  { every, bits, perWord, words }: LogEntry,
  k: number,
  numbers: readonly string[],
  workgroup: number,
): string {
  const texts = Array.from({ length: words }, (_, w) => {
    const packed = numbers
      .slice(w * perWord, (w + 1) * perWord)
      .map((number, i) => (i === 0 ? number : `(${number} << ${i * bits}u)`));
    return `samples[log${k} + (step / ${every}u * ${words}u + ${w}u) * ${workgroup}u] = ${packed.join(" | ")};`;
  });
  return `if (step % ${every}u == 0u) { ${texts.join(" ")} }`;
}

/** Usual number of words in the log. */
const usualCapacity = 1 << 20;

/** The log of an ensemble, or of groups of as many spins: its memory on the device, and the host's counts of each. */
export class SampleLog {
  readonly buffer: DeviceBuffer;
  readonly #device: Device;
  readonly #entries: readonly LogEntry[];
  readonly #workgroup: number;
  readonly #capacity: number;
  readonly #groups: number;
  /** For each group and each entry. */
  readonly #counts: readonly (readonly Float64Array[])[];

  constructor(
    device: Device,
    entries: readonly LogEntry[],
    {
      workgroup,
      invocations,
      groups = 1,
    }: { readonly workgroup: number; readonly invocations: number; readonly groups?: number | undefined },
  ) {
    this.#device = device;
    this.#entries = entries;
    this.#workgroup = workgroup;
    this.#groups = groups;
    const sample = entries.reduce((sum, { words }) => sum + words, 0);
    this.#capacity = entries.length > 0 ? Math.max(usualCapacity, sample * this.#rounded(invocations)) : 0;
    this.buffer = device.storage(this.#capacity);
    this.#counts = Array.from({ length: groups }, () =>
      entries.map(({ bits, bins }) => new Float64Array(Math.min(2 ** bits, bins + 1))),
    );
  }

  /** Invocations of a dispatch, including those without a spin. */
  #rounded(invocations: number): number {
    return this.#groups * Math.ceil(invocations / this.#workgroup) * this.#workgroup;
  }

  /** Words of one invocation for steps [from, to). */
  #rows(from: number, to: number): number {
    return this.#entries.reduce((sum, { every, words }) => sum + samplesBetween(every, from, to) * words, 0);
  }

  /** Most steps of a dispatch of so many invocations (of each group), from a step on, whose samples fit into the log. */
  room(invocations: number, from: number): number {
    const rate = this.#entries.reduce((sum, { every, words }) => sum + words / every, 0);
    if (rate === 0) return Number.POSITIVE_INFINITY;
    const rows = Math.floor(this.#capacity / this.#rounded(invocations));
    let steps = Math.ceil(rows / rate);
    while (this.#rows(from, from + steps) > rows) steps--;
    return steps;
  }

  /** Fetches and counts the log of the dispatch that was queued last: steps [from, to) of `spins` spins of each group. */
  async count(invocations: number, spins: number, from: number, to: number): Promise<void> {
    const rows = this.#rows(from, to);
    if (rows === 0) return;
    const workgroup = this.#workgroup;
    await this.#device.lend(this.buffer, rows * this.#rounded(invocations), (log) => {
      let at = 0;
      for (const counts of this.#counts)
        for (let first = 0; first < invocations; first += workgroup)
          this.#entries.forEach((entry, k) => {
            // the j-th spin of invocation i is spin i + j · invocations, if it exists
            const present = Array.from({ length: entry.perWord * entry.words }, (_, j) =>
              Math.max(0, Math.min(workgroup, invocations - first, spins - j * invocations - first)),
            );
            for (let sample = samplesBetween(entry.every, from, to); sample > 0; sample--)
              for (let word = 0; word < entry.words; word++, at += workgroup)
                countWords(entry, counts[k], log, at, present, word * entry.perWord);
          });
    });
  }

  /** Adds the counts of each group to its results of the same kernel. */
  addTo(results: readonly (readonly TallyResult[])[]): void {
    this.#counts.forEach((counts, group) => {
      this.#entries.forEach(({ tally, bins }, k) => {
        const result = results[group][tally];
        if (result.kind !== "bins") return;
        for (let bin = 0; bin < bins; bin++) result.counts[bin] += counts[k][bin];
      });
    });
  }

  forget(): void {
    for (const counts of this.#counts.flat()) counts.fill(0);
  }

  /** Adds the counts of one ensemble to those of a snapshot; they are kept. */
  addExactly(counted: readonly BigUint64Array[]): void {
    const [counts] = this.#counts;
    this.#entries.forEach(({ tally, bins }, k) => {
      for (let bin = 0; bin < bins; bin++) counted[tally][bin] += BigInt(counts[k][bin]);
    });
  }

  destroy(): void {
    this.#device.release(this.buffer);
  }
}

/** Counts the words of one workgroup; `present` are the numbers of invocations with a first, second, … spin. */
function countWords(
  { bits, perWord }: LogEntry,
  counts: Float64Array,
  log: Uint32Array,
  at: number,
  present: readonly number[],
  firstSpin: number,
): void {
  const mask = 2 ** bits - 1;
  let whole = 0;
  // the usual case, each word read once
  if (perWord === 3) {
    whole = present[firstSpin + 2];
    const [second, third] = [bits, 2 * bits];
    for (let place = at; place < at + whole; place++) {
      const word = log[place];
      counts[word & mask]++;
      counts[(word >>> second) & mask]++;
      counts[(word >>> third) & mask]++;
    }
  }
  for (let i = 0; i < perWord; i++) {
    const end = at + present[firstSpin + i];
    for (let place = at + whole; place < end; place++) counts[(log[place] >>> (i * bits)) & mask]++;
  }
}
