import { sampleOf } from "../../ensemble/dynkin/gather.ts";
import { stepsOf } from "../../ensemble/dynkin/window.ts";
import { laterSpins } from "../../ensemble/initial/pieces.ts";
import type { Recipe } from "../../ensemble/initial/recipe.ts";
import { laterBy } from "../../ensemble/initial/recipe.ts";
import type { Instrument, TakeSample } from "../../ensemble/instrument.ts";
import { noObserver } from "../../ensemble/instrument.ts";
import type { Ensemble } from "../../ensemble/kernel.ts";
import type { Observation, Record } from "../../ensemble/observations.ts";
import type { Plan } from "../../ensemble/plan.ts";
import type { PlannedObservable, Problem } from "../../experiment/problem.ts";
import type { Answers, SpinRange } from "./answers.ts";
import { noting } from "./answers.ts";

/** One record of a share. */
interface Noted {
  readonly answers: Answers;
  readonly isSound: boolean;
}

/** The raw data of one observable, or of one window of Dynkin's formula, in one share. */
export interface PartObservation extends Observation {
  readonly records: readonly Record<Answers>[];
  /** Counts that the kernel gathers during the steps. */
  readonly counts: readonly Float64Array[];
}

/** A sample that stores the raw data that it reads. */
const noted =
  (
    sample: TakeSample,
    instrument: Pick<Instrument, "isSound">,
    stretch: SpinRange,
    variables: number,
  ): TakeSample =>
  async (ensemble: Ensemble, step: number): Promise<Noted> => {
    const notes = noting(ensemble, stretch, variables);
    const value = await sample(notes.ensemble, step);
    return { answers: notes.taken(), isSound: instrument.isSound?.(value) !== false };
  };

const part = (
  own: Pick<Instrument, "observer" | "sample" | "isSound">,
  name: string,
  noting: (sample: TakeSample) => TakeSample,
): Instrument => ({
  observer: own.observer,
  sample: (plan) => noting(own.sample(plan)),
  isSound: (value) => (value as Noted).isSound,
  observation: (records, counts): PartObservation => ({
    type: "part",
    name,
    records: records.map(({ step, value }) => ({ step, value: (value as Noted).answers })),
    counts,
  }),
});

/**
 * Problem and plan of some spins of a whole: the same step, noise and initial states by the spins' numbers. Every
 * record holds raw data, so that the data of all shares can be added and evaluated as those of the whole. A window of
 * Dynkin's formula counts as one more observable.
 */
export function partOf(
  problem: Problem,
  whole: Plan,
  stretch: SpinRange,
): { readonly problem: Problem; readonly plan: Plan } {
  const { kernel, filling, instruments, dynkin } = whole;
  const { first, count } = stretch;
  const recipe = (): Recipe | undefined => {
    const all = filling.recipe?.();
    return all && laterBy(all, first);
  };
  const variables = kernel.state.length;
  const windows = dynkin.windows.map((window, i) => {
    const name = `dynkin ${i}`;
    const sample: TakeSample = (ensemble, step) => sampleOf(ensemble, window, step, problem.ensemble);
    const planned: PlannedObservable = { type: "part", name, steps: stepsOf(window) };
    const own = { observer: noObserver, sample: () => sample };
    return { planned, instrument: part(own, name, (sample) => noted(sample, {}, stretch, variables)) };
  });
  return {
    problem: {
      ...problem,
      ensemble: count,
      observables: [...problem.observables, ...windows.map(({ planned }) => planned)],
    },
    plan: {
      ...whole,
      kernel: { ...kernel, spins: count, firstSpin: first },
      filling: Object.assign(laterSpins(filling, first), { recipe }),
      gathered: [...whole.gathered, ...windows.map(() => [])],
      instruments: [
        ...instruments.map((own, i) =>
          part(own, problem.observables[i].name, (sample) => noted(sample, own, stretch, variables)),
        ),
        ...windows.map(({ instrument }) => instrument),
      ],
      dynkin: { ...dynkin, windows: [] },
    },
  };
}
