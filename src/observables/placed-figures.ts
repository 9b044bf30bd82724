import type { Observation } from "../ensemble/observations.ts";
import type { Problem } from "../experiment/problem.ts";
import type { Figure, View } from "../figures/figure.ts";
import type { ObservableResultBase, Provenance, ResultBase } from "../result-parts.ts";
import type { ObservableResult } from "./index.ts";
import { besideFigures, observables } from "./index.ts";
import { namedApart } from "./named-apart.ts";

/** A figure with its observable and its place. */
export interface PlacedFigure {
  readonly observable: string;
  /** Identifies it among the observable's figures: its title without the observable's name. */
  readonly kind: string;
  readonly view: View;
  readonly figure: Figure;
}

/** The place of the figures of a type. */
export const viewOf = (type: string): View => observables[type].view ?? "distribution";

const placed = (
  { type, name }: { type: string; name: string },
  experiment: ResultBase["experiment"],
  figures: readonly Figure[],
): PlacedFigure[] =>
  figures.map((figure) => ({
    observable: name,
    kind: figure.title,
    view: figure.view ?? viewOf(type),
    figure: { ...figure, title: namedApart(figure.title, { type, name }, experiment, ": ") },
  }));

/** The figures of all observables of a result, in reading order. */
export const placedFigures = (
  result: Omit<ResultBase, "observables"> & { readonly observables: readonly ObservableResult[] },
): PlacedFigure[] =>
  result.observables.flatMap((found) =>
    placed(
      found,
      result.experiment,
      observables[found.type].figures?.(found, result, besideFigures(result, found)) ?? [],
    ),
  );

/** Figures of one observable of a run up to a step, with its exact figures if these are known by then. */
export function figuresSoFar(
  problem: Problem,
  provenance: Provenance,
  { index, observed, step }: { index: number; observed: Observation; step: number },
  own: ObservableResultBase | null = null,
): PlacedFigure[] {
  const planned = problem.observables[index];
  const { result, soFar, figures } = observables[planned.type];
  if (!figures) return [];
  const found = result(observed, planned, problem, { prediction: null, known: null });
  const known = soFar?.(found, step * problem.timeStep * problem.units.time) ?? found;
  const whole: ResultBase = {
    experiment: problem.experiment,
    provenance,
    outcome: "stopped",
    observables: [known],
    dynkin: null,
    timeStepBias: null,
    fokkerPlanck: null,
    theory: [],
    theoryCurves: [],
    figures: [],
    comparisons: [],
    certificate: null,
    notes: [],
    blindSpots: [],
  };
  return placed(known, problem.experiment, figures(known, whole, own));
}

/** Places of the figures of a problem's observables, by the name of each. */
export const viewsOf = (problem: Problem): Readonly<Record<string, View>> =>
  Object.fromEntries(problem.observables.map(({ name, type }) => [name, viewOf(type)]));

/**
 * Whether an observable needs a known start: whether it follows spins over the whole run, outside the stationary state.
 */
export const needsStart = (type: string): boolean => {
  const { sight, countApart } = observables[type];
  return countApart !== undefined || (sight?.overTime === true && !sight.stationary);
};
