import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { own } from "../../src/expression/own.ts";
import type { Figure, MappedQuantity } from "../../src/figures/figure.ts";
import { curveColours } from "../../src/figures/figure.ts";
import { pointsOver, withPoints } from "../../src/figures/points-over.ts";
import type { ShownFigure } from "../../src/result.ts";
import type { Measurable, Measurement } from "../../src/run/measurement.ts";
import { normalQuantile } from "../../src/statistics/normal.ts";
import { compareProportion } from "../../src/statistics/proportion-comparison.ts";
import type { Plain, PlainObject } from "../values/difference.ts";
import { valueAt, withValue } from "../values/difference.ts";
import type { Measured, Seen } from "../workers/measured.ts";

const plain = (experiment: CompletedExperiment): PlainObject => experiment as unknown as PlainObject;

/** An experiment without the numbers at some paths, and without the keys of how it is run. */
export function apartFrom(experiment: CompletedExperiment, paths: readonly string[]): string {
  const { name: _, ensemble: __, seed: ___, ...rest } = plain(experiment);
  return JSON.stringify(paths.reduce<PlainObject>((value, path) => withValue(value, path, 0), rest));
}

/** The number at a path. */
export function numberAt(experiment: CompletedExperiment | null, path: string): number | null {
  const value: Plain | undefined = experiment ? valueAt(plain(experiment), path) : undefined;
  return typeof value === "number" ? value : null;
}

/**
 * A figure of an ensemble with the ends of its 95 % interval, and its difference from the exact one in standard errors.
 */
export interface SeenFigure {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly off: number | null;
}

/**
 * Counts of few spins follow the binomial law: the distance, in standard errors of a normal law, with the same p-value.
 */
function offByCounts({ value, exact }: ShownFigure, spins: number): number | null {
  if (exact === null) return null;
  const { pValue } = compareProportion("", Math.round(value * spins), spins, exact);
  return pValue === null ? null : Math.sign(value - exact) * Math.abs(normalQuantile(pValue / 2));
}

/** The figure of an ensemble for a quantity of curves and maps. */
export function seenOf(quantity: MappedQuantity | undefined, { figures, spins }: Seen): SeenFigure | null {
  const found = quantity && figures.find((one) => one.quantity === quantity);
  if (!found || found.exact === null) return null;
  const { value, standardError, standardErrors } = found;
  const half = 2 * (standardError ?? 0);
  return {
    value,
    low: found.low ?? value - half,
    high: found.high ?? value + half,
    off: standardError === null ? offByCounts(found, spins) : standardErrors,
  };
}

/** Figures of ensembles along an axis. */
export interface SeenAlong {
  readonly x: number;
  readonly figure: SeenFigure;
}

/** Data of this visit over exact curves: single runs, ensembles over the whole range, and the user's own data. */
export interface Over {
  readonly runs: readonly Measured[];
  readonly cells: readonly { readonly x: number; readonly seen: Seen }[];
  readonly data: readonly Measurement[];
}

/** Whether two numbers are equal to six digits, the precision of a click or a table. */
export const isAt = (value: number | null, line: number): boolean =>
  value !== null && Math.abs(value - line) <= 1e-5 * Math.max(Math.abs(line), Math.abs(value));

/** Names in a table of measurements. */
const measuredAs: Readonly<Partial<Record<MappedQuantity, Measurable>>> = {
  timeUp: "tau_up",
  timeDown: "tau_down",
};

/** Measurements of a quantity along a path that agree with the experiment in all their other settings. */
export const dataAlong = (
  data: readonly Measurement[],
  quantity: MappedQuantity | undefined,
  path: string,
  elsewhere: (path: string) => number | null,
): SeenAlong[] =>
  data.flatMap(({ settings, values }) => {
    const measured = quantity && measuredAs[quantity];
    const found = measured && values[measured];
    const x = own(settings, path);
    if (!found || x === undefined) return [];
    const others = Object.entries(settings).filter(([other]) => other !== path);
    if (others.some(([other, value]) => !isAt(elsewhere(other), value))) return [];
    const { value, error } = found;
    return [{ x, figure: { value, low: value - 2 * error, high: value + 2 * error, off: null } }];
  });

/** The runs that differ from an experiment at some paths alone. */
export function runsLike(
  runs: readonly Measured[],
  experiment: CompletedExperiment,
  paths: readonly string[],
): readonly Measured[] {
  const own = apartFrom(experiment, paths);
  return runs.filter((run) => apartFrom(run.experiment, paths) === own);
}

/**
 * A figure over one path with the ensembles and the runs that differ from the experiment in this path alone, and a line
 * at the experiment.
 */
export function withRuns(
  figure: Figure,
  { path, title }: { readonly path: string; readonly title: string },
  experiment: CompletedExperiment,
  { runs, cells, data }: Over,
): Figure {
  const same = runsLike(runs, experiment, [path]);
  const points = (figure.quantities ?? []).flatMap((quantity, i): Figure["data"] => {
    const of = (x: number | null, seen: Seen): SeenAlong[] => {
      const found = seenOf(quantity, seen);
      return x === null || !found ? [] : [{ x, figure: found }];
    };
    const color = curveColours[i];
    return [
      ...pointsOver(
        cells.flatMap(({ x, seen }) => of(x, seen)),
        { name: "ensembles", color, size: 6 },
        i === 0,
      ),
      ...pointsOver(
        same.flatMap((run) => of(numberAt(run.experiment, path), run)),
        { name: "runs", color, size: 9 },
        i === 0,
      ),
      ...pointsOver(
        dataAlong(data, quantity, path, (other) => numberAt(experiment, other)),
        { name: "your data", color, size: 8 },
        i === 0,
      ),
    ];
  });
  return withPoints(figure, title, numberAt(experiment, path), points);
}
