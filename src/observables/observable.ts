import type { z } from "zod";
import type { Instrument, InstrumentContext } from "../ensemble/instrument.ts";
import type { Backend } from "../ensemble/kernel.ts";
import type { Observation } from "../ensemble/observations.ts";
import type { Progress } from "../ensemble/simulate.ts";
import type { ObservableDescription, ObservableSpec } from "../experiment/observable-spec.ts";
import type { PlannedObservable, Problem } from "../experiment/problem.ts";
import type { Expression } from "../expression/expression.ts";
import type { Figure, View } from "../figures/figure.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import type { ObservedDensity, Prediction } from "../fokker-planck/predict.ts";
import type { Levels } from "../fokker-planck/switching.ts";
import type {
  ExactBase,
  ObservableResultBase,
  OwnStepBiases,
  ResultBase,
  TimeUnit,
} from "../result-parts.ts";
import type { AllowedBias } from "../statistics/agreement.ts";
import type { Comparison } from "../statistics/comparison.ts";
import type { PromisedBias } from "../statistics/promised-bias.ts";
import type { Questions } from "./questions.ts";
import type {
  Candidate,
  ColumnWriter,
  LevelRate,
  MeasuredRatio,
  MissingFigure,
  Row,
  SummaryLine,
} from "./shown.ts";

/** The exact side of a problem, for all observables. */
export interface ExactContext {
  readonly problem: Problem;
  readonly prediction: Prediction;
  /** Steps at which something is recorded and a density exists, ascending. */
  readonly recordedSteps: readonly number[];
  /** The density at each of these steps. */
  recorded(): readonly Exact<ObservedDensity>[];
}

/** Options of an observable that runs an ensemble of its own. */
export interface CountApartOptions {
  /** Index of the observable; each has noise of its own. */
  readonly order: number;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: Progress) => void;
}

/** An observation with its exact partner. */
export interface Beside<Planned, Known> extends ExactContext {
  readonly planned: Planned;
  /** Result of `predict`; never read without a `predict`. */
  readonly known: Exact<Known>;
  /** Allowed bias of averages by the time step. */
  readonly bias: AllowedBias;
  /** Result of `unsettled`. */
  readonly unsettled?: string | undefined;
}

/** What an observation shows of the dynamics; without it nothing is compared. */
export interface Sight<Planned> {
  /** All functions on which it depends; undefined if it depends on the whole direction. */
  quantities(planned: Planned): readonly Expression[] | undefined;
  /** It follows spins in time, beyond the density at single times. */
  readonly overTime?: true;
  /** It belongs to the stationary state for any start of the ensemble. */
  readonly stationary?: true;
  /** It depends on a quantity at two times, and is the same for the quantity and its negative. */
  readonly correlates?: true;
  /** What to add to an experiment that does not see something, in words that follow "add". */
  readonly remedy?: { readonly [Unseen in "damping" | "precession" | "azimuth"]?: string };
}

/**
 * One observable: its keys, its counters, its exact partner, their comparison, and its part of the result. Its type is
 * named only in its own folder and in the list of `index.ts`.
 */
export interface Observable<
  Planned extends PlannedObservable = PlannedObservable,
  Observed extends Observation = Observation,
  Known = unknown,
  Figures = unknown,
  Result extends ObservableResultBase = ObservableResultBase,
  Shape extends z.core.$ZodLooseShape = z.core.$ZodLooseShape,
> extends ObservableSpec<Shape, Planned> {
  /** Topic of its figures, by which they are grouped; absent: where spins are. */
  readonly view?: View;
  /** Counters on the device, and how they are read. */
  instrument(planned: Planned, context: InstrumentContext): Instrument;
  /** Counts with an ensemble of its own once the run is complete; the result replaces the instrument's observation. */
  countApart?(
    planned: Planned,
    problem: Problem,
    backend: Backend,
    options: CountApartOptions,
  ): Promise<Observed>;
  /** Distance on the sphere, rad, that a time step must resolve, such as that between two thresholds. */
  way?(planned: Planned, problem: Pick<Problem, "initial">): number | undefined;
  /** The two sets of directions that it separates, if it defines levels with rates between them. */
  levels?(planned: Planned, problem: Pick<Problem, "timeStep">): Levels;
  readonly sight?: Sight<Planned>;
  /** The exact partner in reduced units, or why there is none. */
  predict?(planned: Planned, problem: Problem, prediction: Prediction): Exact<Known>;
  /** The same in SI units, as `fokkerPlanck` holds it under the observable's type; null if it was not requested. */
  exactFigures?(known: Exact<Known> | null, problem: Problem, prediction: Prediction): Figures | null;
  /** Its bias by the time step beyond moments and rates, as a share of the promised one. */
  stepShare?(planned: Planned, problem: Problem, prediction: Prediction, promised: PromisedBias): number;
  /** The same for all of its type, in the form of the result; not called if there are none. */
  stepBiases?(planned: readonly Planned[], problem: Problem, prediction: Exact<Prediction>): OwnStepBiases;
  /**
   * Why the exact partner, which is of the stationary state, does not apply to the counts; it is then not shown with
   * the run's figures. Absent: the partner describes the run itself. For `null` the answer must hold for any part of
   * the run.
   */
  unsettled?(
    observed: Observed | null,
    beside: Pick<Beside<Planned, Known>, "planned" | "problem" | "prediction" | "known">,
  ): string | undefined;
  /** Tests that compare an observation with its exact partner. */
  compare?(observed: Observed, beside: Beside<Planned, Known>): Comparison[];
  /** The observation in SI units. */
  result(observed: Observed, planned: Planned, problem: Problem, exact: ResultContext<Known>): Result;
  /** Figures with exact partners, for summary, report and page. */
  shown?(
    result: Result,
    observed: Observed,
    exact: ExactBase,
    own: Figures | null,
    unit: TimeUnit,
  ): Candidate[];
  /** Plots, in reading order. */
  figures?(result: Result, whole: ResultBase, own: Figures | null): Figure[];
  /** The part of a result that is known when it is read before the last step; absent: all of it. */
  soFar?(result: Result, time: number): Result;
  /** Rows of the table of figures of merit in addition to the figures shown: name, ensemble, exact. */
  rows?(result: Result, whole: ResultBase, own: Figures | null): Row[];
  /** Lines of the summary for figures without an exact partner: label and text. */
  lines?(result: Result, unit: TimeUnit): SummaryLine[];
  /** Lines of the summary about the exact figures; `alone`: there is no ensemble beside them. */
  exactLines?(own: Figures, unit: TimeUnit, alone: boolean): SummaryLine[];
  /** Figures over exact values of the same quantity, for comparison with closed forms. */
  ratios?(result: Result, whole: ResultBase, own: Figures | null): MeasuredRatio[];
  /** The exact value of a closed form's quantity, if the observable has it; `written` as in the experiment. */
  exactOf?(quantity: string, written: ObservableDescription, own: Figures): number | null;
  /** Notes on figures of the result that are easily misread. */
  note?(result: Result): string | undefined;
  /** The escape rates of two levels, as the ensemble shows them. */
  levelRate?(result: Result, unit: TimeUnit): LevelRate | null;
  /** Missing exact figures of all observables of this type, with the reason. */
  missing?(own: readonly Figures[], found: readonly Result[]): MissingFigure[];
  /** Columns in the table of a sweep. */
  columns?(result: Result, whole: ResultBase, own: Figures | null, table: ColumnWriter): void;
  /** Names of columns that only some points have, depending on their results. */
  readonly furtherColumns?: RegExp;
  /** Figures that it gives to page and benchmark besides those of an experiment. */
  readonly answers?: Partial<Questions<Planned, Observed>>;
  /** What the benchmark counts while it times steps; entries that observe the same share a row, named by the names of all. */
  readonly timed?: { readonly name: string; readonly planned: Planned };
}

/** Exact figures that the observable adds to a result. */
export interface ResultContext<Known> {
  readonly prediction: Prediction | null;
  readonly known: Known | null;
}

export type ResultOf<O> = O extends { result(...given: never[]): infer Result } ? Result : never;
export type FiguresOf<O> =
  O extends Observable<infer _P, infer _O, infer _K, infer Figures, infer _R> ? Figures : never;

/** Seconds, or reduced times where the magnet is given so, of a step. */
export const timeOf = ({ units, timeStep }: Problem): ((step: number) => number) => {
  return (step) => step * timeStep * units.time;
};
