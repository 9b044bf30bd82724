/*
 * Text of shaders that step several groups of spins side by side. Each group has its own workgroups, counters, seed and numbering of
 * spins, so that its results are those of a group alone.
 */

export const seedsDeclaration = "@group(0) @binding(7) var<storage, read_write> seeds: array<u32>;";

/** Lines that find an invocation's number `first` in a block with one ensemble. */
export const enterAlone: readonly string[] = ["let first = invocation.x + invocation.y * span.rowLength;"];

/**
 * Lines that find an invocation's number `first` in its group, the group's first spin and counter, and its seed. An invocation with a
 * number beyond those of its group has no spin.
 */
export const enterGroup = (workgroup: number, words: number): string[] => [
  "let slot = invocation.x + invocation.y * span.rowLength;",
  `let group = min(slot / (span.groupWorkgroups * ${workgroup}u), span.groups - 1u);`,
  `let first = slot - group * span.groupWorkgroups * ${workgroup}u;`,
  "let base = group * span.groupSpins;",
  `let counted = group * ${words}u;`,
  "let seed = seeds[group];",
];

/**
 * Lines that leave the loop over chunks of noise once all spins of an invocation are finished. (Compaction is not possible, because it
 * would move spins out of their groups.)
 */
export const leaveFinished = (finished: readonly string[], lanes: readonly string[]): string[] =>
  finished.length === 0
    ? []
    : [
        `if (${lanes.flatMap((lane) => finished.map((name) => `s_${name}${lane} >= 0.0f`)).join(" && ")}) { break; }`,
      ];
