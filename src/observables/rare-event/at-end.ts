import type { Splitting } from "../../ensemble/splitting/splitting.ts";
import { compileScalar } from "../../expression/compile.ts";
import { magnetization } from "../../expression/vector.ts";
import type { GroupCounts, GroupOptions } from "./group.ts";
import { stopwatch } from "./group.ts";
import type { Guide } from "./guide.ts";
import { stepsOf } from "./guide.ts";
import type { PlannedRareEvent } from "./spec.ts";
import type { Walk, Walkers } from "./walkers.ts";

/** A spin whose weight exceeds this multiple of the mean is copied. */
const heaviest = 3;

/** The probability of the event at the end of the run from some of the islands; undefined if it was stopped. */
export async function countAtEnd(
  walkers: Walkers,
  walk: Walk,
  guide: Guide,
  { event }: PlannedRareEvent,
  splitting: Splitting,
  { signal, onStage }: GroupOptions,
): Promise<GroupCounts | undefined> {
  const { potentials, tempered } = guide;
  const { seconds, of } = stopwatch();
  if (tempered) {
    const m = await walkers.sample();
    splitting.begin((i) => tempered.logWeight(m[3 * i], m[3 * i + 1], m[3 * i + 2]));
  }
  for (const [k, step] of stepsOf(guide, walk.timeStep).entries()) {
    if (signal?.aborted) return undefined;
    await of("stepping", () => walkers.advance(step));
    await of("resampling", async () => {
      const logG = potentials[Math.min(k, potentials.length - 1)];
      const stored = await walkers.stored(logG.of);
      const indices = splitting.stage((logs) => logG.fill(stored, logs), heaviest);
      if (indices) await walkers.gather(indices);
    });
    onStage();
  }
  await of("stepping", () => walkers.advance(walk.steps));
  const holds = compileScalar(event, magnetization);
  const m = await walkers.sample();
  const happened = new Float64Array(splitting.spins);
  for (let i = 0; i < happened.length; i++) happened[i] = holds(m[3 * i], m[3 * i + 1], m[3 * i + 2]);
  const found = splitting.expectation(happened);
  return { logs: found.map(({ log }) => log), families: found, stages: splitting.stages, seconds };
}
