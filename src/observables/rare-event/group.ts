import type { SplittingCounts, Stage, StageOfIslands } from "../../ensemble/splitting/counts.ts";

/** Counts of some of the islands. */
export interface GroupCounts extends Pick<SplittingCounts, "logs" | "families" | "halves" | "seconds"> {
  readonly stages: readonly StageOfIslands[];
}

/** How a group is counted. */
export interface GroupOptions {
  readonly signal: AbortSignal | undefined;
  /** Figures after each stage. */
  readonly onStage: () => void;
}

/** Wall times of a group, by kind; both include waiting for other groups. */
export function stopwatch() {
  const seconds = { stepping: 0, resampling: 0 };
  return {
    seconds,
    async of<T>(kind: keyof typeof seconds, work: () => Promise<T>): Promise<T> {
      const began = performance.now();
      const value = await work();
      seconds[kind] += (performance.now() - began) / 1000;
      return value;
    },
  };
}

/** All islands together, each of `size` spins, from groups that ran side by side. */
export function merged(
  groups: readonly GroupCounts[],
  size: number,
): Pick<SplittingCounts, "logs" | "families" | "halves" | "stages" | "seconds"> {
  const [{ stages, families, halves }] = groups;
  const mean = (kind: keyof GroupCounts["seconds"]): number =>
    groups.reduce((sum, { seconds }) => sum + seconds[kind], 0) / groups.length;
  const half = (k: 0 | 1): number[] => groups.flatMap((group) => group.halves?.[k] ?? []);
  return {
    logs: groups.flatMap(({ logs }) => logs),
    ...(families ? { families: groups.flatMap((group) => group.families ?? []) } : {}),
    ...(halves ? { halves: [half(0), half(1)] } : {}),
    stages: stages.map((_, k) =>
      wholeStage(
        groups.map((group) => group.stages[k]),
        size,
      ),
    ),
    seconds: { stepping: mean("stepping"), resampling: mean("resampling") },
  };
}

function wholeStage(parts: readonly StageOfIslands[], size: number): Stage {
  const effective = parts.flatMap((part) => part.effective);
  const sum = (of: (part: StageOfIslands) => number): number =>
    parts.reduce((all, part) => all + of(part), 0);
  const resampled = sum((part) => part.resampled);
  return {
    leastEffective: Math.min(...effective),
    meanEffective: effective.reduce((all, share) => all + share, 0) / effective.length,
    resampled: resampled / effective.length,
    surviving: resampled > 0 ? 1 - sum((part) => part.moved) / (resampled * size) : 1,
  };
}
