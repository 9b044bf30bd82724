import type { Backend } from "../ensemble/kernel.ts";
import { runnerOf } from "./measure.ts";
import { bare } from "./workload.ts";

/** Cost of one run of so many spins and steps, and of its preparation alone. */
export interface ScalingRow {
  readonly backend: string;
  readonly spins: number;
  readonly steps: number;
  /** Initial states, compilation, upload. */
  readonly preparationSeconds: number;
  readonly seconds: number;
  readonly spinStepsPerSecond: number;
}

/** The longest single run, s. */
const longest = 20;

/**
 * Cost against the size of the ensemble (1e3 … 1e8 spins, 1024 steps) and against duration (1e5 spins, 1e2 … 1e6
 * steps). A list ends where the next run would take longer than `longest` seconds.
 */
export async function scaling(
  backend: Backend,
  { largest = 1e8, progress }: { largest?: number; progress?: (text: string) => void } = {},
): Promise<{ ensemble: ScalingRow[]; duration: ScalingRow[] }> {
  const cost = async (spins: number, steps: number): Promise<ScalingRow> => {
    progress?.(`${backend.name}: ${spins} spins, ${steps} steps`);
    const began = performance.now();
    const runner = await runnerOf(backend, bare, { integrator: "splitting", variates: "dyadic", spins });
    await runner.run(4);
    const preparationSeconds = (performance.now() - began) / 1000;
    const seconds = await runner.run(steps);
    await runner.close();
    return {
      backend: backend.name,
      spins,
      steps,
      preparationSeconds,
      seconds,
      spinStepsPerSecond: (spins * steps) / seconds,
    };
  };
  const list = async (sizes: readonly (readonly [number, number])[]): Promise<ScalingRow[]> => {
    const costs: ScalingRow[] = [];
    for (const [spins, steps] of sizes) {
      if (spins > largest) break;
      const last = costs.at(-1);
      const growth = last ? (spins * steps) / (last.spins * last.steps) : 1;
      if (last && growth * last.seconds + (spins / last.spins) * last.preparationSeconds > longest) break;
      costs.push(await cost(spins, steps));
    }
    return costs;
  };
  return {
    ensemble: await list([1e3, 1e4, 1e5, 1e6, 1e7, 1e8].map((spins) => [spins, 1024])),
    duration: await list([1e2, 1e3, 1e4, 1e5, 1e6].map((steps) => [1e5, steps])),
  };
}
