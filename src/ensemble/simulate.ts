import type { PlannedObservable, Problem } from "../experiment/problem.ts";
import type { DynkinWindow } from "./dynkin/gather.ts";
import { DynkinGathering } from "./dynkin/gather.ts";
import { stepsOf } from "./dynkin/window.ts";
import type { Ensemble, TallyResult } from "./kernel.ts";
import type { Observation, Outcome } from "./observations.ts";
import type { Plan } from "./plan.ts";

export interface Progress {
  readonly step: number;
  readonly steps: number;
  readonly spinSteps: number;
  readonly seconds: number;
}

export interface SimulateOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

export interface Simulation {
  readonly observations: readonly Observation[];
  readonly outcome: Outcome;
  /** Steps done. */
  readonly steps: number;
  /** Dynkin's formula over the windows that the run has passed. */
  readonly dynkin: readonly DynkinWindow[];
  /** Why there is no window. */
  readonly dynkinReason?: string;
  /** Seconds spent stepping and counting, without preparation. */
  readonly wallSeconds: number;
}

type Recorded = { step: number; value: unknown }[];

const recordSteps = (observable: PlannedObservable, end: number): readonly number[] => {
  const { steps, everySteps } = observable;
  if (steps) return steps;
  if (everySteps) return Array.from({ length: Math.floor(end / everySteps) + 1 }, (_, i) => i * everySteps);
  return [end];
};

/** Length of the next piece: short enough for progress and stopping, long enough not to cost anything. */
const pieceSeconds = 0.2;

/** Runs a prepared ensemble through all records. Never throws away what it has: the outcome is a value. */
export async function simulate(
  problem: Problem,
  plan: Plan,
  ensemble: Ensemble,
  { onProgress, signal }: SimulateOptions = {},
): Promise<Simulation> {
  const { observables, steps } = problem;
  const due = new Map<number, number[]>();
  const sampled = new Map<number, DynkinGathering[]>();
  observables.forEach((observable, i) => {
    for (const step of recordSteps(observable, steps)) due.set(step, [...(due.get(step) ?? []), i]);
  });
  const gatherings = plan.dynkin.windows.map((window) => {
    const gathering = new DynkinGathering(problem, plan, window);
    for (const step of stepsOf(window)) sampled.set(step, [...(sampled.get(step) ?? []), gathering]);
    return gathering;
  });
  const stops = [...new Set([...due.keys(), ...sampled.keys(), steps])]
    .filter((step) => step <= steps)
    .sort((a, b) => a - b);
  const records: Recorded[] = observables.map(() => []);
  const looks = plan.instruments.map((instrument) => instrument.look(plan));
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  let outcome: Outcome = "complete";
  let step = 0;
  let stepsPerSecond = 0;
  try {
    run: for (const stop of stops) {
      while (step < stop) {
        if (signal?.aborted) {
          outcome = "stopped";
          break run;
        }
        const piece = stepsPerSecond > 0 ? Math.max(1, Math.floor(stepsPerSecond * pieceSeconds)) : 16;
        const to = Math.min(stop, step + piece);
        const before = performance.now();
        await ensemble.advance(to);
        stepsPerSecond = ((to - step) * 1000) / Math.max(performance.now() - before, 1e-3);
        step = to;
        onProgress?.({ step, steps, spinSteps: step * problem.ensemble, seconds: elapsed() });
      }
      for (const gathering of sampled.get(stop) ?? []) await gathering.sample(ensemble, step);
      for (const i of due.get(stop) ?? []) {
        const value = await looks[i](ensemble, step);
        records[i].push({ step, value });
        if (plan.instruments[i].isSound?.(value) === false) {
          outcome = `unstable at ${(step * problem.timeStep * problem.units.time).toExponential(4)} s`;
          break run;
        }
      }
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === "DeviceLostError")) throw error;
    outcome = "device lost";
  }
  const counted = outcome === "device lost" ? [] : await ensemble.collect();
  const observations = assemble(plan, records, counted);
  const dynkin = gatherings.flatMap((gathering) => gathering.result() ?? []);
  const { reason } = plan.dynkin;
  return {
    observations,
    outcome,
    steps: step,
    dynkin,
    ...(reason ? { dynkinReason: reason } : {}),
    wallSeconds: elapsed(),
  };
}

/** Every instrument's observation, with the counts that its own observer has gathered. */
function assemble(
  { gathered, instruments }: Plan,
  records: readonly Recorded[],
  counted: readonly TallyResult[],
): Observation[] {
  return instruments.map((instrument, i) => {
    const counts = gathered[i].flatMap((k) => {
      const result = counted[k];
      return result?.kind === "histogram" ? [result.counts] : [];
    });
    return instrument.observation(records[i], counts);
  });
}
