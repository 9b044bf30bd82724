/*
 * Text of shaders in which several groups of spins lie side by side, each at workgroups of its own and with counters, a seed and
 * numbers of spins of its own, so that it sees what it would alone.
 */

export const seedsDeclaration = "@group(0) @binding(7) var<storage, read_write> seeds: array<u32>;";

/** Lines that find an invocation's number `first` where a block has one ensemble. */
export const enterAlone: readonly string[] = ["let first = invocation.x + invocation.y * span.rowLength;"];

/**
 * Lines that find an invocation's number `first` in its group, the group's first spin and counter, and its seed. A number beyond a
 * group's invocations has no spin.
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
 * Lines that leave the loop over chunks of noise once all spins of an invocation are finished: they cannot be brought together, which would
 * take them out of their groups.
 */
export const leaveFinished = (finished: readonly string[], lanes: readonly string[]): string[] =>
  finished.length === 0
    ? []
    : [
        `if (${lanes.flatMap((lane) => finished.map((name) => `s_${name}${lane} >= 0.0f`)).join(" && ")}) { break; }`,
      ];
