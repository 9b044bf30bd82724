import type { Simulation } from "../../ensemble/simulate.ts";
import type { CheckedExperiment } from "../../experiment/check.ts";
import type { Use } from "../../experiment/known-problem.ts";
import type { Problem } from "../../experiment/problem.ts";
import type { Provenance, Result } from "../../result.ts";
import type { TimeStepBias } from "../../statistics/time-step-bias.ts";
import type { AnalysisOptions, TraceAnalysis } from "../../traces/analysis.ts";
import type { LikelihoodProgress } from "../../traces/analysis-progress.ts";
import type { PlacedStretches, Stretches } from "../../traces/stretches.ts";
import type { OnsagerResult } from "../../transport/onsager/onsager-result.ts";
import type { SystemInput } from "../../transport/onsager/system-file.ts";
import type { FreeMagnet } from "../../transport/spin-torque.ts";
import type { StackInput } from "../../transport/stack-schema.ts";
import type { TransportResult } from "../../transport/transport-result.ts";
import type { BestSoFar, ExperimentFit } from "../fit.ts";
import type { FitProgress } from "../fit-progress.ts";
import type { Measurement } from "../measurement.ts";
import type { RatesRow } from "../rates.ts";
import type { TraceToFit } from "../trace-likelihood.ts";
import type { TraceLikelihoodFit } from "../trace-likelihood-fit.ts";

/** Calls of the exact side's thread and their answers: plain data; each side reduces the experiment itself. */
export interface ExactCalls {
  /** The step that keeps the promised bias; the thread keeps the solution. */
  checkedStep: [
    argument: { readonly experiment: unknown },
    answer: {
      readonly scale: number | null;
      readonly warnings: readonly string[];
      readonly bias: TimeStepBias;
    },
  ];
  /** Computes all exact figures of the problem of the last `checkedStep`. */
  figures: [argument: null, answer: null];
  /** The verdict over a simulation of that problem. */
  compare: [
    argument: {
      readonly provenance: Provenance;
      readonly simulation: Simulation;
      readonly falseAlarmProbability?: number | undefined;
    },
    answer: Result,
  ];
  /** The verdict over a simulation of any problem. */
  comparePoint: [
    argument: ExactCalls["compare"][0] & { readonly problem: Problem; readonly bias: TimeStepBias },
    answer: Result,
  ];
  /** The exact side alone. */
  fokkerPlanck: [argument: { readonly experiment: unknown }, answer: Result];
  rates: [
    argument: { readonly experiment: unknown; readonly settings: Readonly<Record<string, number>> },
    answer: RatesRow,
  ];
  fit: [
    argument: {
      readonly experiment: unknown;
      readonly data: readonly Measurement[];
      readonly free: readonly string[];
      readonly profile?: boolean | undefined;
    },
    answer: ExperimentFit,
  ];
  traceFit: [
    argument: {
      readonly experiment: unknown;
      readonly traces: readonly TraceToFit[];
      readonly names: readonly string[];
      readonly initial: readonly number[];
    },
    answer: TraceLikelihoodFit,
  ];
  trace: [
    argument: {
      readonly trace: Stretches & Partial<PlacedStretches>;
      readonly total: number;
      readonly sampleTime: number;
      readonly options: Omit<AnalysisOptions, "onEvaluation">;
    },
    answer: TraceAnalysis,
  ];
  /** The experiment has its settings already. A sound one comes with its reduced problem, where that can be sent. */
  check: [
    argument: { readonly experiment: unknown; readonly use: Use },
    answer: { readonly checked: CheckedExperiment; readonly problem?: Problem },
  ];
  transport: [
    argument: { readonly stack: StackInput; readonly magnet: FreeMagnet | null },
    answer: TransportResult,
  ];
  onsager: [argument: { readonly system: SystemInput }, answer: OnsagerResult];
  report: [argument: { readonly result: Result; readonly plotly: string }, answer: string];
}

/** From the thread: an answer, the refusal of an experiment, a failure, or the name of the current figure. */
export type FromThread =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly problems: readonly unknown[] }
  | {
      readonly id: number;
      readonly error: string;
      /** Name of its class. */
      readonly name: string;
    }
  | { readonly figure: string }
  | { readonly best: BestSoFar }
  | { readonly fitProgress: FitProgress }
  | { readonly likelihoodProgress: LikelihoodProgress }
  /** The thread's code has been loaded. */
  | { readonly isReady: true };

export interface ToThread {
  readonly id: number;
  readonly name: keyof ExactCalls;
  readonly argument: unknown;
}
