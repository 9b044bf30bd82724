import type { PlannedObservable, Problem } from "../experiment/problem.ts";
import { breathe } from "../linear-algebra/breathe.ts";
import type { DynkinWindow, GatheringState } from "./dynkin/gather.ts";
import { DynkinGathering, dynkinFunctions } from "./dynkin/gather.ts";
import { stepsOf } from "./dynkin/window.ts";
import type { Ensemble, TallyResult } from "./kernel.ts";
import type { Observation, Outcome } from "./observations.ts";
import type { Plan } from "./plan.ts";
import type { Snapshot } from "./snapshot.ts";

export interface Progress {
  readonly step: number;
  readonly steps: number;
  readonly spinSteps: number;
  readonly seconds: number;
}

/** The state of a run between two pieces: its ensemble and its results so far. */
export interface RunState {
  readonly snapshot: Snapshot;
  /** Records of each observable. */
  readonly records: readonly Recorded[];
  readonly gatherings: readonly GatheringState[];
  /** Seconds spent so far. */
  readonly seconds: number;
}

/** Saves the state of a run, so that the run can be resumed. */
export interface Keeper {
  /** Whether the state should be saved now. `stopping`: the run ends after this piece. */
  readonly isDue: (seconds: number, stopping: boolean) => boolean;
  readonly keep: (state: RunState) => Promise<void>;
}

export interface SimulateOptions {
  /** The state from which to continue; the ensemble is prepared from its snapshot. */
  readonly from?: RunState | undefined;
  readonly keeper?: Keeper;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The last step of each piece by its first. Ensembles that advance together share one map, so that all have the same pieces. */
  readonly pieces?: Map<number, number>;
}

export interface Simulation {
  readonly observations: readonly Observation[];
  readonly outcome: Outcome;
  /** Steps done. */
  readonly steps: number;
  /** Dynkin's formula over the windows that the run has passed. */
  readonly dynkin: readonly DynkinWindow[];
  /** The reason if there is no window. */
  readonly dynkinReason?: string;
  /** Seconds spent stepping and counting, without preparation. */
  readonly wallSeconds: number;
}

export type Recorded = { step: number; value: unknown }[];

const recordSteps = (observable: PlannedObservable, end: number): readonly number[] => {
  const { steps, everySteps } = observable;
  if (steps) return steps;
  if (everySteps) return Array.from({ length: Math.floor(end / everySteps) + 1 }, (_, i) => i * everySteps);
  return [end];
};

/** Length of the next piece: short enough for progress and stopping, long enough to cost nothing. */
const pieceSeconds = 0.2;

/** What happens at which step. */
interface Agenda {
  /** Observables with a record. */
  readonly due: ReadonlyMap<number, readonly number[]>;
  readonly sampled: ReadonlyMap<number, readonly DynkinGathering[]>;
  readonly gatherings: readonly DynkinGathering[];
  /** All these steps and the last, ascending. */
  readonly stops: readonly number[];
}

async function agendaOf(problem: Problem, plan: Plan, from: SimulateOptions["from"]): Promise<Agenda> {
  const { observables, steps } = problem;
  const due = new Map<number, number[]>();
  const sampled = new Map<number, DynkinGathering[]>();
  observables.forEach((observable, i) => {
    for (const step of recordSteps(observable, steps)) due.set(step, [...(due.get(step) ?? []), i]);
  });
  const gatherings: DynkinGathering[] = [];
  if (plan.dynkin.windows.length > 0) {
    await breathe();
    const compiled = dynkinFunctions(problem, plan);
    await breathe();
    for (const [i, window] of plan.dynkin.windows.entries()) {
      const gathering = new DynkinGathering(problem, plan, window, compiled);
      if (from) gathering.restore(from.gatherings[i]);
      for (const step of stepsOf(window)) sampled.set(step, [...(sampled.get(step) ?? []), gathering]);
      gatherings.push(gathering);
    }
  }
  const stops = [...new Set([...due.keys(), ...sampled.keys(), steps])]
    .filter((step) => step <= steps)
    .sort((a, b) => a - b);
  return { due, sampled, gatherings, stops };
}

/** Runs a prepared ensemble through all records. It keeps partial results: the outcome is a value, not an exception. */
export async function simulate(
  problem: Problem,
  plan: Plan,
  ensemble: Ensemble,
  { from, keeper, onProgress, signal, pieces }: SimulateOptions = {},
): Promise<Simulation> {
  const { observables, steps } = problem;
  const { due, sampled, gatherings, stops } = await agendaOf(problem, plan, from);
  const records: Recorded[] = observables.map((_, i) => [...(from?.records[i] ?? [])]);
  const samples = plan.instruments.map((instrument) => instrument.sample(plan));
  const began = performance.now();
  const elapsed = (): number => (from?.seconds ?? 0) + (performance.now() - began) / 1000;
  let outcome: Outcome = "complete";
  let counted: readonly TallyResult[] = [];
  let step = from?.snapshot.step ?? 0;
  let stepsPerSecond = 0;
  /** Called only between two pieces, after the records of the present step. */
  const keep = async (stopping: boolean): Promise<void> => {
    if (!keeper?.isDue(elapsed(), stopping)) return;
    await keeper.keep({
      snapshot: await ensemble.snapshot(),
      records: records.map((record) => [...record]),
      gatherings: gatherings.map((gathering) => gathering.save()),
      seconds: elapsed(),
    });
  };
  const report = (): void =>
    onProgress?.({ step, steps, spinSteps: step * problem.ensemble, seconds: elapsed() });
  report();
  try {
    run: for (const stop of stops) {
      if (from && stop <= from.snapshot.step) continue;
      while (step < stop) {
        await keep(signal?.aborted === true);
        if (signal?.aborted) {
          outcome = "stopped";
          break run;
        }
        const piece = stepsPerSecond > 0 ? Math.max(1, Math.floor(stepsPerSecond * pieceSeconds)) : 16;
        const to = Math.min(stop, pieces?.get(step) ?? step + piece);
        pieces?.set(step, to);
        const before = performance.now();
        await ensemble.advance(to);
        stepsPerSecond = ((to - step) * 1000) / Math.max(performance.now() - before, 1e-3);
        step = to;
        report();
      }
      for (const gathering of sampled.get(stop) ?? []) await gathering.sample(ensemble, step);
      for (const i of due.get(stop) ?? []) {
        const value = await samples[i](ensemble, step);
        records[i].push({ step, value });
        if (plan.instruments[i].isSound?.(value) === false) {
          outcome = `unstable at ${(step * problem.timeStep * problem.units.time).toExponential(4)} s`;
          break run;
        }
      }
    }
    if (outcome === "complete") await keep(true);
    counted = await ensemble.collect();
  } catch (error) {
    if (!(error instanceof Error && error.name === "DeviceLostError")) throw error;
    outcome = "device lost";
  }
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

/** The observation of every instrument, with the counts of its own observer. */
function assemble(
  { gathered, instruments }: Plan,
  records: readonly Recorded[],
  counted: readonly TallyResult[],
): Observation[] {
  return instruments.map((instrument, i) => {
    const counts = gathered[i].flatMap((k) => {
      const result = counted[k];
      return result?.kind === "bins" ? [result.counts] : [];
    });
    return instrument.observation(records[i], counts);
  });
}
