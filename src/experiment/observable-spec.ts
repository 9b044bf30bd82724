import type { z } from "zod";
import type { Expression } from "../expression/expression.ts";
import type { PlannedObservable } from "./planned.ts";
import type { Times } from "./times.ts";

/** What the planner offers to an observable. */
export interface Planning {
  /** The expression of a typed function of m, `inTime` also of t in the unit of the experiment; problems are reported under the key. */
  quantity(text: string, key: string, inTime?: boolean): Expression;
  condition(text: string, key: string): Expression;
  /** Whole steps nearest to the times, ascending, each once. */
  steps(times: Times): number[];
  /** A distance in time as a number of steps, at least one. */
  everySteps(interval: number): number;
  /** Least and greatest value on the sphere. */
  range(of: Expression): readonly [number, number];
  complain(key: string, rule: string, value?: unknown): void;
}

/**
 * What an observable measures. It decides which errors of a step matter: averages at recorded times; phases, which add up over the whole
 * run; crossings, which are checked for at every step.
 */
export type Observes = "averages" | "phases" | "crossings";

/** How an observable type is written in an experiment, and how it is planned. */
export interface ObservableSpec<
  Shape extends z.core.$ZodLooseShape = z.core.$ZodLooseShape,
  Planned extends PlannedObservable = PlannedObservable,
> {
  readonly type: string;
  readonly title: string;
  readonly shape: Shape;
  /** Its name if the experiment gives none. */
  label(values: Written<Shape>): string;
  /** Times that should fall on whole steps. */
  times(values: Written<Shape>): Times | undefined;
  /** The times only align the steps; not all of them are recorded. */
  readonly alignsOnly?: true;
  /** A sampling interval that an automatic step may not change. */
  interval?(values: Written<Shape>): number;
  readonly observes: Observes;
  /** Needs noise: refused at zero temperature. */
  readonly needsNoise?: true;
  plan(values: Written<Shape>, name: string, planning: Planning): Planned;
}

export type Written<Shape extends z.core.$ZodLooseShape> = z.output<z.ZodObject<Shape>>;

/** The specs that an experiment may use, by type. They are an argument of every function that checks or reduces an experiment. */
export type ObservableSpecs = Readonly<Record<string, ObservableSpec>>;

/** An observable as written in a completed experiment; its spec knows the other keys. */
export interface ObservableDescription {
  readonly type: string;
  readonly name?: string;
  readonly [key: string]: unknown;
}

/** Types the callbacks of a spec by its shape. */
export const observableSpec =
  <Planned extends PlannedObservable>() =>
  <Shape extends z.core.$ZodLooseShape>(
    spec: ObservableSpec<Shape, Planned>,
  ): ObservableSpec<Shape, Planned> =>
    spec;
