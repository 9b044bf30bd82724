import type { Backend } from "../../src/ensemble/kernel.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { countRareEvent } from "../../src/observables/rare-event/count.ts";
import { predict as exactRareEvent } from "../../src/observables/rare-event/exact.ts";
import type { Guide } from "../../src/observables/rare-event/guide.ts";
import { result } from "../../src/observables/rare-event/result.ts";
import type { PlannedRareEvent } from "../../src/observables/rare-event/spec.ts";
import type { Case } from "./cases.ts";

/** Change of the importance functions of an event at the end. */
export type Bend = (guide: Guide) => Guide;

function readCase({ written }: Case): { problem: Problem; planned: PlannedRareEvent } {
  const checked = checkExperiment(written);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const problem = reduce(checked.experiment);
  return { problem, planned: problem.observables[0] as PlannedRareEvent };
}

/** One run on one thread, with its processor seconds; the figure is a probability, or a rate in reduced units. */
export async function counted(of: Case, spins: number, seed = 1, bend?: Bend, backend: Backend = wasm) {
  const { problem, planned } = readCase({ ...of, written: { ...of.written, ensemble: spins, seed } });
  const before = process.cpuUsage();
  const counts = await countRareEvent(problem, planned, backend, { threads: 1, ...(bend ? { bend } : {}) });
  const { user, system } = process.cpuUsage(before);
  if (typeof counts === "string") throw new Error(counts);
  const found = result({ type: "rareEvent", name: planned.name, counts }, planned, problem);
  return {
    figure: found.rate ?? found.probability,
    found,
    seconds: (user + system) / 1e6,
    share: counts.seconds.resampling / counts.seconds.stepping,
  };
}

/** The exact value of a case: the given one, or that of the exact side. */
export function exactOf(of: Case): number {
  if (of.truth !== undefined) return of.truth;
  const { problem, planned } = readCase(of);
  return demand(exactRareEvent(planned, problem, demand(predict(problem)))).value;
}
