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

/** The exact side of a problem, as every observable may ask it. */
export interface ExactContext {
  readonly problem: Problem;
  readonly prediction: Prediction;
  /** Steps at which anything is recorded and a density exists, ascending. */
  readonly recordedSteps: readonly number[];
  /** The density at each of these steps. */
  recorded(): readonly Exact<ObservedDensity>[];
}

/** How an observable may run an ensemble of its own. */
export interface CountApartOptions {
  /** Place in the list: each has noise of its own. */
  readonly order: number;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: Progress) => void;
}

/** An observation beside its exact partner. */
export interface Beside<Planned, Known> extends ExactContext {
  readonly planned: Planned;
  /** What `predict` has found; never asked for where there is no `predict`. */
  readonly known: Exact<Known>;
  /** What the time step may do to averages. */
  readonly bias: AllowedBias;
  /** What `unsettled` has found. */
  readonly unsettled?: string | undefined;
}

/** What an observation sees of the dynamics; without it nothing is compared. */
export interface Sight<Planned> {
  /** Everything that it is a function of; undefined where it sees the whole direction. */
  quantities(planned: Planned): readonly Expression[] | undefined;
  /** It follows spins in time, beyond the density at single times. */
  readonly overTime?: true;
  /** It is of the stationary state, wherever the ensemble began. */
  readonly stationary?: true;
  /** It is of a quantity at two times: the same for a quantity and its negative. */
  readonly correlates?: true;
  /** What to add to an experiment that does not see something, in words that follow "add". */
  readonly remedy?: { readonly [Unseen in "damping" | "precession" | "azimuth"]?: string };
}

/**
 * One observable: what is asked, how it is counted, its exact partner, how the two are compared and what stands in the result. Only the
 * list in `index.ts` and its own folder know its type.
 */
export interface Observable<
  Planned extends PlannedObservable = PlannedObservable,
  Observed extends Observation = Observation,
  Known = unknown,
  Figures = unknown,
  Result extends ObservableResultBase = ObservableResultBase,
  Shape extends z.core.$ZodLooseShape = z.core.$ZodLooseShape,
> extends ObservableSpec<Shape, Planned> {
  /** What its figures show, beside others of the kind; missing: where spins are. */
  readonly view?: View;
  /** What is counted on the device, and how that is read. */
  instrument(planned: Planned, context: InstrumentContext): Instrument;
  /** Counts with an ensemble of its own once the run is complete; what it gives stands for the instrument's observation. */
  countApart?(
    planned: Planned,
    problem: Problem,
    backend: Backend,
    options: CountApartOptions,
  ): Promise<Observed>;
  /** How far spins go, in rad, between two samples that matter: a time step must resolve it. */
  way?(planned: Planned): number | undefined;
  /** The two sets of directions that it tells apart, where rates between levels can be asked for. */
  levels?(planned: Planned, problem: Pick<Problem, "timeStep">): Levels;
  readonly sight?: Sight<Planned>;
  /** The exact partner in reduced units, or why there is none. */
  predict?(planned: Planned, problem: Problem, prediction: Prediction): Exact<Known>;
  /** The same in SI units, as `fokkerPlanck` holds it under the observable's type; null where it was not requested. */
  exactFigures?(known: Exact<Known> | null, problem: Problem, prediction: Prediction): Figures | null;
  /** What the time step does to it beyond moments and rates, as a share of what is promised. */
  stepShare?(planned: Planned, problem: Problem, prediction: Prediction, promised: PromisedBias): number;
  /** The same of all of its type, as a result holds it; not asked where there are none. */
  stepBiases?(planned: readonly Planned[], problem: Problem, prediction: Exact<Prediction>): OwnStepBiases;
  /**
   * Why the exact partner, which is of the stationary state, is not that of what was counted; then it does not stand beside the run's
   * figures. Missing: the partner is of the run as it was. Of `null` the answer holds for whatever part of the run has been counted.
   */
  unsettled?(
    observed: Observed | null,
    beside: Pick<Beside<Planned, Known>, "planned" | "problem" | "prediction" | "known">,
  ): string | undefined;
  /** Tests of an observation against its exact partner. */
  compare?(observed: Observed, beside: Beside<Planned, Known>): Comparison[];
  /** The observation in SI units. */
  result(observed: Observed, planned: Planned, problem: Problem, exact: ResultContext<Known>): Result;
  /** Figures that stand beside exact ones wherever results are shown. */
  shown?(
    result: Result,
    observed: Observed,
    exact: ExactBase,
    own: Figures | null,
    unit: TimeUnit,
  ): Candidate[];
  /** Plots, in reading order. */
  figures?(result: Result, whole: ResultBase, own: Figures | null): Figure[];
  /** What of a result that was read at a step before the last is known by then; missing: all of it. */
  soFar?(result: Result, time: number): Result;
  /** Rows of the table of figures of merit besides what is shown: name, ensemble, exact. */
  rows?(result: Result, whole: ResultBase, own: Figures | null): Row[];
  /** Lines of the summary where nothing is shown beside an exact figure: label and text. */
  lines?(result: Result, unit: TimeUnit): SummaryLine[];
  /** Lines of the summary about the exact figures; `alone`: there is no ensemble beside them. */
  exactLines?(own: Figures, unit: TimeUnit, alone: boolean): SummaryLine[];
  /** Figures over exact values of the same quantity, beside the closed forms. */
  ratios?(result: Result, whole: ResultBase, own: Figures | null): MeasuredRatio[];
  /** The exact value of a closed form's quantity, if the observable has it; `written` as in the experiment. */
  exactOf?(quantity: string, written: ObservableDescription, own: Figures): number | null;
  /** What is easily misread in a result. */
  note?(result: Result): string | undefined;
  /** The rates of leaving two levels, as the ensemble shows them. */
  levelRate?(result: Result, unit: TimeUnit): LevelRate | null;
  /** What the exact side lacks, with the reason, of all observables of this type. */
  missing?(own: readonly Figures[], found: readonly Result[]): MissingFigure[];
  /** Columns in the table of a sweep. */
  columns?(result: Result, whole: ResultBase, own: Figures | null, table: ColumnWriter): void;
  /** Names of columns that a point may have or not, by what it finds. */
  readonly furtherColumns?: RegExp;
  /** What it answers besides what an experiment asks. */
  readonly answers?: Partial<Questions<Planned, Observed>>;
  /** What the benchmark counts while it times steps; entries that observe the same share a row, named by the names of all. */
  readonly timed?: { readonly name: string; readonly planned: Planned };
}

/** What the exact side adds to a result. */
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
