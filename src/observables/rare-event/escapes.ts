import type { Splitting } from "../../ensemble/splitting/splitting.ts";
import type { GroupCounts, GroupOptions } from "./group.ts";
import { stopwatch } from "./group.ts";
import type { Guide } from "./guide.ts";
import { stepsOf } from "./guide.ts";
import { stagesPerSearch } from "./searches.ts";
import type { PlannedRareEvent } from "./spec.ts";
import type { Walk, Walkers } from "./walkers.ts";

/** Share of the stages in which the first spins cross the barrier. */
const settling = 0.25;

/** Share of the settling time after which changes of an island's mass by resampling are undone. */
const memory = 0.5;

/** The rate of reaching the event from some of the islands; undefined if it was stopped. */
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
  // with a constant number of spins an island's mass fluctuates, which biases the rate by about one over that number:
  // recent changes of the mass are undone, as in diffusion Monte Carlo (Umrigar, Nightingale and Runge, J. Chem. Phys.
  // 99 (1993) 2865)
  const lag = Math.max(1, Math.round(memory * from));
  const masses: Float64Array[] = [];
  const [gone, stays] = [0, 1].map(() => [0, 1].map(() => new Float64Array(islands)));
  for (const [k, step] of steps.entries()) {
    if (signal?.aborted) return undefined;
    await of("stepping", () => walkers.advance(step));
    await of("resampling", async () => {
      masses.push(splitting.masses());
      const shares = (k + 1) % stagesPerSearch === 0 ? splitting.leave(await walkers.met()) : undefined;
      if (shares && k >= from)
        for (const [island, share] of shares.entries()) {
          const back = Math.exp(masses[k][island] - masses[k - lag][island]);
          gone[k < half ? 0 : 1][island] += share.gone * back;
          stays[k < half ? 0 : 1][island] += share.stays * back;
        }
      const stored = await walkers.stored(logG.of);
      const indices = splitting.stage((logs) => logG.fill(stored, logs));
      if (indices) await walkers.gather(indices);
    });
    onStage();
  }
  const rates = (halves: readonly number[], a: number, b: number): number[] => {
    const spacing = (stagesPerSearch * (steps[b - 1] - steps[a - 1]) * walk.timeStep) / (b - a);
    const sum = (of: readonly Float64Array[], island: number): number =>
      halves.reduce((all, k) => all + of[k][island], 0);
    return Array.from({ length: islands }, (_, island) =>
      Math.log(Math.log1p(sum(gone, island) / sum(stays, island)) / spacing),
    );
  };
  return {
    logs: rates([0, 1], from, steps.length),
    halves: [rates([0], from, half), rates([1], half, steps.length)],
    stages: splitting.stages,
    seconds,
  };
}
