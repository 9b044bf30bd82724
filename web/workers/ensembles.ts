import { ownsDevice } from "../../src/ensemble/backends.ts";
import { choose } from "../../src/ensemble/choose.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { reduce } from "../../src/observables/experiment.ts";
import { observables } from "../../src/observables/index.ts";
import { backends } from "../../src/run/run.ts";
import { placeSweep } from "../../src/sweep/plan.ts";
import { runPoints } from "../../src/sweep/run-points.ts";
import { endOf } from "./instrumented.ts";
import { seenIn } from "./measured.ts";
import type { EnsembleCalls } from "./messages.ts";
import type { Answering } from "./serve.ts";
import { emit, serve } from "./serve.ts";

/**
 * The worker that fills a map with small ensembles: a sweep of the library over the cells, on the device if there is
 * one.
 */

/** Spin-steps of one cell: a few tenths of a second of a processor, less of a GPU. */
const perCell = { processor: 5e6, device: 1e8 };
const fewest = 64;
const most = 20_000;
/** False-alarm probability of single cells, which the page does not show: its verdict covers all cells. */
const falseAlarmProbability = 1e-4;

/** Largest number of spins of a cell. */
function spinsOf(experiment: CompletedExperiment, onDevice: boolean): number {
  const { steps } = reduce(experiment);
  const wanted = (onDevice ? perCell.device : perCell.processor) / steps;
  return Math.round(Math.max(fewest, Math.min(most, wanted)));
}

export const answer: Answering = serve<EnsembleCalls>({
  async fill({ experiment, axes, order, backend, share }) {
    const chosen = await choose(backends, backend);
    const onDevice = ownsDevice(chosen.backend.name);
    // cells that share dispatches all belong to one worker
    const mine = order.filter((_, i) => (onDevice ? 0 : i % share.of) === share.index);
    if (mine.length === 0) return;
    // maps need only levels and the side at the end; other observables would only take time
    const own = endOf(experiment, (type) => observables[type].levels !== undefined);
    const ensemble = spinsOf(own, onDevice);
    const plan = await placeSweep(
      {
        experiment: own,
        axes,
        sampling: { type: "grid" },
        commonRandomNumbers: false,
        pointResults: true,
        falseAlarmProbability,
      },
      { ...own, ensemble },
    );
    const options = { backend: chosen.backend, threads: 1 };
    for await (const { record, result } of runPoints(plan, mine, options))
      emit("filled", { record, seen: result ? seenIn(result) : null });
  },
});
