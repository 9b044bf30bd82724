import type { Backend } from "../../src/ensemble/kernel.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import { plan } from "../../src/observables/plan.ts";

/** Number of threads for a simulation on the processor: one core is left to the page and the picture. */
export const ownThreads: number = Math.max(1, (navigator.hardwareConcurrency ?? 2) - 1);

const most = 1_000_000;
export const fewest = 4096;

/** 1, 2 or 5 times a power of ten, not above x. */
function roundDown(x: number): number {
  const power = 10 ** Math.floor(Math.log10(x));
  return power * (x >= 5 * power ? 5 : x >= 2 * power ? 2 : 1);
}

/** Spin-steps per second of a backend on a problem, from a pilot of growing length. */
export async function measureSpeed(backend: Backend, problem: Problem, software: boolean): Promise<number> {
  const spins = software ? 8192 : 262_144;
  const { kernel, filling } = plan({ ...problem, ensemble: spins });
  const pilot = await backend.prepare(kernel, filling, { threads: ownThreads });
  try {
    await pilot.advance(8);
    let step = 8;
    for (let length = 64; ; length *= 4) {
      const began = performance.now();
      await pilot.advance(step + length);
      const seconds = (performance.now() - began) / 1000;
      step += length;
      if (seconds > 0.04 || length > 1e5) return (spins * length) / Math.max(seconds, 1e-4);
    }
  } finally {
    await pilot.dispose();
  }
}

/** As many spins as the machine can step through the run in the time, with a reserve for drawing them. */
export function affordableSpins(speed: number, steps: number, wallSeconds: number): number {
  const spins = (0.35 * speed * Math.max(wallSeconds, 2)) / steps;
  return Math.max(fewest, Math.min(most, roundDown(Math.max(spins, 1))));
}
