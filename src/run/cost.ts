import { threadsAtWork } from "../ensemble/about-backend.ts";
import { choose } from "../ensemble/choose.ts";
import type { Backend, BackendName, Ensemble, Kernel } from "../ensemble/kernel.ts";
import type { Problem } from "../experiment/problem.ts";
import type { ExactEstimate } from "../fokker-planck/estimate.ts";
import { exactEstimate } from "../fokker-planck/estimate.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { breathe } from "../linear-algebra/breathe.ts";
import { moment, secondsSince } from "../linear-algebra/interruption.ts";
import { planHearing } from "../observables/plan.ts";
import type { AverageCost } from "./average-cost.ts";
import { averageCost } from "./average-cost.ts";
import { drawingSeconds } from "./drawing-seconds.ts";
import type { RunOptions } from "./run.ts";
import { backends } from "./run.ts";

/** Estimated cost of a run on this machine, before it starts. */
export interface RunCost {
  readonly backend: BackendName;
  /** Whether the backend steps the spins on a GPU instead of the processor. */
  readonly isOnGpu: boolean;
  readonly adapter: string;
  readonly spinSteps: number;
  /** Seconds of the ensemble, measured by stepping some of its spins for a fraction of a second. */
  readonly seconds: number;
  /** Seconds to draw the initial states. */
  readonly startSeconds: number;
  /** Bytes of the ensemble's state on the backend. */
  readonly bytes: number;
  /** Seconds of the exact side's first part; null with the reason if there is none. */
  readonly exact: Exact<ExactEstimate>;
  /** Seconds of its averages over spreads, if there are any. */
  readonly average?: AverageCost | undefined;
}

/** Seconds that the measurement takes. */
const enough = 0.2;

/** Bytes per spin: its variables and parameters, its random stream if stored, and its index if spins may finish. */
function bytesPerSpin(
  { state, parameters, finished }: Kernel,
  { ownsDevice, bytesPerNumber }: Pick<Backend, "ownsDevice" | "bytesPerNumber">,
): number {
  const own = state.length + parameters.length + (finished ? 1 : 0);
  const kept = ownsDevice ? 4 + (finished ? own : 0) : 0;
  return bytesPerNumber * (own + kept);
}

/** Spin-steps a second of an ensemble at its start, which `threads` of this machine step, or a device (0). */
async function speedOf(
  ensemble: Ensemble,
  { ensemble: spins, steps }: Problem,
  threads: number,
): Promise<number> {
  let [to, piece, done, seconds] = [Math.min(8, steps), 16, 0, 0];
  // the first steps compile code and allocate memory for all others
  const first = moment();
  await ensemble.advance(to);
  if (to === steps) return (spins * to) / Math.max(secondsSince(first, threads), 1e-6);
  while (seconds < enough && to < steps) {
    const next = Math.min(steps, to + piece);
    const began = moment();
    await ensemble.advance(next);
    seconds += secondsSince(began, threads);
    done += next - to;
    [to, piece] = [next, 2 * piece];
  }
  return (spins * done) / Math.max(seconds, 1e-6);
}

type Wanted = Pick<RunOptions, "backend" | "threads">;

/** Estimates the cost of a run, its exact side included. Throws as `run` does if no backend can run. */
export async function runCost(problem: Problem, wanted: Wanted = {}): Promise<RunCost> {
  await breathe();
  const exact = exactEstimate(problem);
  const average = exact.value ? await averageCost(problem, exact.value) : undefined;
  await breathe();
  return { ...(await ensembleCost(problem, wanted)), exact, average };
}

/** The same for the ensemble alone. */
export async function ensembleCost(
  problem: Problem,
  { backend: wanted = "auto", threads }: Wanted = {},
): Promise<Omit<RunCost, "exact" | "average">> {
  const { backend, candidates } =
    typeof wanted === "string"
      ? await choose(backends, wanted, threads)
      : { backend: wanted, candidates: [{ name: wanted.name, availability: await wanted.probe(threads) }] };
  const found = candidates.find(({ name }) => name === backend.name)?.availability;
  const isOnGpu = found?.available === true && !found.software;
  const { perCore, device } = backend.trialSpins;
  const cores = found?.available ? (found.threads ?? threads ?? 1) : 1;
  const most = isOnGpu ? device : perCore * cores;
  // drawing the initial states takes long and does not affect the speed
  const initial = { direction: [0, 0, 1] } as const;
  const shown: Problem = { ...problem, initial, ensemble: Math.min(problem.ensemble, most) };
  const { kernel, filling } = await planHearing(shown);
  await breathe();
  const startSeconds = await drawingSeconds(problem, cores);
  await breathe();
  const ensemble = await backend.prepare(kernel, filling, threads === undefined ? {} : { threads });
  try {
    const spinSteps = problem.ensemble * problem.steps;
    return {
      backend: backend.name,
      isOnGpu,
      adapter: ensemble.adapter,
      spinSteps,
      seconds:
        spinSteps /
        (await speedOf(ensemble, shown, isOnGpu ? 0 : threadsAtWork(backend, shown.ensemble, cores))),
      startSeconds,
      bytes: bytesPerSpin(kernel, backend) * problem.ensemble,
    };
  } finally {
    await ensemble.dispose();
  }
}
