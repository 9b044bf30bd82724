import type { Backend, Ensemble } from "../ensemble/kernel.ts";
import { gathered } from "../ensemble/tally.ts";
import { plan } from "../observables/plan.ts";
import { instructionsPerStep } from "./instructions.ts";
import type { Workload } from "./workload.ts";
import { alpha, delta, dynamicsOf, timeStepOf, workloadProblem } from "./workload.ts";

/** Steps its spins as often as asked and returns the seconds that it took. */
export interface Runner {
  readonly name: string;
  readonly spins: number;
  readonly adapter: string;
  /** Instructions of one step, without samples, if they can be counted. */
  readonly instructions?: number | undefined;
  run(steps: number): Promise<number>;
  close(): Promise<void>;
}

export interface Timing {
  /** Steps of one repeat. */
  readonly steps: number;
  /** Spin-steps per second of every repeat, in order. */
  readonly rates: readonly number[];
}

/** The median of a list of numbers. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** A repeat has whole chunks of noise, so that it does not contain part of another's. */
const wholeChunks = (steps: number): number => Math.max(256, Math.round(steps / 256) * 256);

/**
 * Times several runners in turn, forwards and backwards, `repeats` times each after a warm-up: what slows the machine slows neighbours
 * alike, so the ratios of one round are meaningful even if the rates are not.
 */
export async function measure(
  runners: readonly Runner[],
  {
    seconds,
    repeats,
    progress,
  }: { seconds: number; repeats: number; progress?: ((text: string) => void) | undefined },
): Promise<Timing[]> {
  const steps: number[] = [];
  for (const runner of runners) {
    progress?.(`warming up: ${runner.name}`);
    let count = 256;
    let spent = await runner.run(count);
    // the first call compiles; the second, long enough to be timed, sets the length
    for (let i = 0; i < 6; i++) {
      spent = await runner.run(count);
      if (spent > seconds / 4) break;
      count = wholeChunks(count * Math.min(16, Math.max(2, seconds / 2 / Math.max(spent, 1e-4))));
    }
    steps.push(wholeChunks((count * seconds) / Math.max(spent, 1e-4)));
  }
  const rates: number[][] = runners.map(() => []);
  for (let round = 0; round < repeats; round++) {
    progress?.(`round ${round + 1} of ${repeats}`);
    const order = runners.map((_, i) => i);
    if (round % 2 === 1) order.reverse();
    for (const i of order) {
      const spent = await runners[i].run(steps[i]);
      rates[i].push((runners[i].spins * steps[i]) / spent);
    }
  }
  return runners.map((_, i) => ({ steps: steps[i], rates: rates[i] }));
}

/** Seconds that a promise takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** Far beyond any repeat: first passages and dwells are binned over the whole run. */
const longRun = 1 << 22;

/** A workload on one of our own backends. */
export async function runnerOf(
  backend: Backend,
  workload: Workload,
  options: {
    integrator: string;
    variates: "dyadic" | "gaussian";
    spins: number;
    threads?: number | undefined;
  },
): Promise<Runner> {
  const { integrator, variates, spins, threads } = options;
  const problem = workloadProblem({
    energy: workload.energy,
    dynamics: dynamicsOf(workload.energy, delta, alpha, workload.torque),
    ensemble: spins,
    timeStep: timeStepOf[integrator],
    steps: longRun,
    integrator,
    variates,
    observables: workload.observables ?? [],
  });
  const { kernel, filling } = plan(problem);
  const ensemble: Ensemble = await backend.prepare(kernel, filling, { threads });
  let step = 0;
  return {
    name: `${backend.name}, ${workload.name}`,
    spins,
    adapter: ensemble.adapter,
    instructions: backend.name === "webgpu" ? instructionsPerStep(kernel) : undefined,
    run: (steps) =>
      timed(async () => {
        const end = step + steps;
        await ensemble.advance(end);
        step = end;
        if (gathered(kernel).length > 0) await ensemble.collect();
      }),
    close: () => ensemble.dispose(),
  };
}
