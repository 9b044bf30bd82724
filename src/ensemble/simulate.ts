import type { PlannedObservable, Problem } from "../experiment/problem.ts";
import { compileVector } from "../expression/compile.ts";
import { binCount } from "../physics/binning.ts";
import type { DynkinWindow } from "./dynkin/gather.ts";
import { DynkinGathering } from "./dynkin/gather.ts";
import { stepsOf } from "./dynkin/window.ts";
import type { Ensemble, TallyResult } from "./kernel.ts";
import type { Observation, Outcome, Record } from "./observations.ts";
import { dwellBins, readDwell } from "./observers/dwell.ts";
import { readEntropyProduction } from "./observers/entropy-production.ts";
import { readFirstPassage } from "./observers/first-passage.ts";
import { gatheringGroups } from "./observers/histogram.ts";
import { readMoments } from "./observers/moments.ts";
import { seen } from "./observers/observer.ts";
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

/** Spins whose time series a spectrum averages over. */
export const spectrumSpins = 2048;

type Recorded = { step: number; value: unknown }[];

const recordSteps = (observable: PlannedObservable, steps: number): readonly number[] => {
  if ("steps" in observable) return observable.steps;
  if ("everySteps" in observable)
    return Array.from(
      { length: Math.floor(steps / observable.everySteps) + 1 },
      (_, i) => i * observable.everySteps,
    );
  return [steps];
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
  const looks = observables.map((observable) => lookOf(observable, problem, plan));
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
        if (!isSound(observables[i], value)) {
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
  const observations = assemble(problem, plan, records, counted);
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

type Look = (ensemble: Ensemble, step: number) => Promise<unknown>;

/** What is done at a record of one observable. */
function lookOf(observable: PlannedObservable, problem: Problem, plan: Plan): Look {
  switch (observable.type) {
    case "moments":
      return async (ensemble) => readMoments(await ensemble.observe(observable.name), plan.energyRange);
    case "histogram":
      return async (ensemble) => {
        const [result] = await ensemble.observe(observable.name);
        return result.kind === "histogram" ? result.counts : new Float64Array();
      };
    case "entropyProduction":
      return async (ensemble) =>
        readEntropyProduction(await ensemble.observe(observable.name), plan.productionBounds);
    case "firstPassage":
    case "dwell":
      return (ensemble) => ensemble.observe(observable.name);
    case "trajectory":
      return reader(problem, plan, [...plan.scheme.observed], observable.spins);
    case "spectrum":
      return reader(
        problem,
        plan,
        [seen(plan.scheme, observable.of)],
        Math.min(spectrumSpins, problem.ensemble),
      );
  }
}

/** Reads the first spins and evaluates expressions of the stored state on each. */
function reader(
  problem: Problem,
  plan: Plan,
  expressions: Parameters<typeof compileVector>[0],
  count: number,
): Look {
  const names = problem.spreads.map((spread) => spread.name);
  const evaluate = compileVector(expressions, ["mx", "my", "mz", "t", ...names]);
  const { parameters } = plan.filling(0, Math.min(count, problem.ensemble));
  return async (ensemble, step) => {
    const state = await ensemble.read(count);
    const spins = state[0].length;
    const out = new Float64Array(spins * expressions.length);
    const time = step * problem.timeStep;
    for (let i = 0; i < spins; i++) {
      const values = parameters.map((column) => column[i]);
      evaluate(out, i * expressions.length, state[0][i], state[1][i], state[2][i], time, ...values);
    }
    return out;
  };
}

/** A state that left the sphere shows in the trace of ⟨m m⟩. */
function isSound(observable: PlannedObservable, value: unknown): boolean {
  if (observable.type !== "moments") return true;
  const { mm } = value as { mm: number[] };
  return Math.abs(mm[0] + mm[1] + mm[2] - 1) < 1e-2;
}

function assemble(
  problem: Problem,
  { gathered }: Plan,
  records: readonly Recorded[],
  counted: readonly TallyResult[],
): Observation[] {
  return problem.observables.map((observable, i): Observation => {
    const counts = gathered[i].map((k) => {
      const result = counted[k];
      return result?.kind === "histogram" ? result.counts : new Float64Array(2 * dwellBins);
    });
    const { name, type } = observable;
    switch (type) {
      case "histogram": {
        if (!observable.gather) return { type, name, records: records[i] as Record<Float64Array>[] };
        const bins = binCount(observable.binning);
        const groups = Array.from({ length: gatheringGroups }, (_, g) =>
          counts[0].slice(g * bins, (g + 1) * bins),
        );
        return { type, name, records: [], groups };
      }
      case "firstPassage": {
        const last = records[i].at(-1)?.value as TallyResult[] | undefined;
        return { type, name, passage: last ? readFirstPassage(last) : null };
      }
      case "dwell": {
        const last = records[i].at(-1)?.value as TallyResult[] | undefined;
        const [dwells] = counts;
        const [upCounts, downCounts] = [dwells.slice(0, dwellBins), dwells.slice(dwellBins)];
        const none = { up: null, down: null, occupationUp: null, occupationUpStandardError: null };
        return { type, name, ...(last ? readDwell(last) : none), upCounts, downCounts };
      }
      case "spectrum":
        return { type, name, samples: records[i].map((record) => record.value as Float64Array) };
      case "trajectory":
        return {
          type,
          name,
          steps: records[i].map((record) => record.step),
          points: records[i].map((record) => record.value as Float64Array),
        };
      default:
        return { type, name, records: records[i] as Record<never>[] } as Observation;
    }
  });
}
