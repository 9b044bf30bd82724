import type { Splitting } from "../../ensemble/splitting/splitting.ts";
import type { GroupCounts, GroupOptions } from "./group.ts";
import { stopwatch } from "./group.ts";
import type { Guide } from "./guide.ts";
import { stepsOf } from "./guide.ts";
import type { PlannedRareEvent } from "./spec.ts";
import type { Walk, Walkers } from "./walkers.ts";

/** Stages that bring the first spins over the barrier, of all. */
const settling = 0.25;

/** The rate of reaching the event, by some of the islands; undefined where it was stopped. */
export async function countEscapes(
  walkers: Walkers,
  walk: Walk,
  guide: Guide,
  _planned: PlannedRareEvent,
  splitting: Splitting,
  { signal, onStage }: GroupOptions,
): Promise<GroupCounts | undefined> {
  const { islands } = splitting;
  const [logG] = guide.potentials;
  const { seconds, of } = stopwatch();
  const steps = [...stepsOf(guide, walk.timeStep).slice(1), walk.steps];
  const from = Math.ceil(settling * steps.length);
  const half = (from + steps.length) >> 1;
  const losses = [0, 1].map(() => new Float64Array(islands));
  for (const [k, step] of steps.entries()) {
    if (signal?.aborted) return undefined;
    await of("stepping", () => walkers.advance(step));
    await of("resampling", async () => {
      const lost = splitting.leave(await walkers.met());
      if (k >= from) lost.forEach((loss, island) => (losses[k < half ? 0 : 1][island] += loss));
      const stored = await walkers.stored(logG.of);
      const indices = splitting.stage((logs) => logG.fill(stored, logs));
      if (indices) await walkers.gather(indices);
    });
    onStage();
  }
  const time = (a: number, b: number): number => (steps[b - 1] - (steps[a - 1] ?? 0)) * walk.timeStep;
  const [first, second] = [time(from, half), time(half, steps.length)];
  const logs = (loss: (island: number) => number, over: number): number[] =>
    Array.from({ length: islands }, (_, island) => Math.log(loss(island) / over));
  return {
    logs: logs((island) => losses[0][island] + losses[1][island], first + second),
    halves: [logs((island) => losses[0][island], first), logs((island) => losses[1][island], second)],
    stages: splitting.stages,
    seconds,
  };
}
