import type { Figure } from "../../src/figures/figure.ts";
import { colour, factorBetween } from "../../src/figures/figure.ts";
import type { PlacedFigure } from "../../src/observables/placed-figures.ts";
import type { ShownFigure } from "../../src/result.ts";
import type { TimedMoments } from "../workers/messages.ts";

/** A kept run, for comparison with later ones. */
export interface Kept {
  readonly name: string;
  readonly means: readonly TimedMoments[];
  readonly counts: Float64Array | null;
  readonly figures: readonly PlacedFigure[];
  readonly shown: readonly ShownFigure[];
}

/** Difference of two independent figures in standard errors; null if one has no error. */
export function difference(now: ShownFigure, before: ShownFigure): number | null {
  const [a, b] = [now.standardError, before.standardError];
  const error = a === null || b === null ? 0 : Math.hypot(a, b);
  return error > 0 ? (now.value - before.value) / error : null;
}

/** The same figure of the same observable, even if its title differs. */
export const sameFigure = (placed: PlacedFigure, before: readonly PlacedFigure[]): PlacedFigure | undefined =>
  before.find(({ observable, kind }) => observable === placed.observable && kind === placed.kind);

type Trace = Figure["data"][number];

/** Whether a trace shows the ensemble, and not a curve or closed form. */
const isMeasured = ({ type, mode, x }: Trace): boolean =>
  type === "scatter" && mode === "markers" && Array.isArray(x) && typeof x[0] === "number";

/** Quantity and unit of an axis. */
function axisOf({ layout }: Figure, key: string): readonly [string, string] {
  const { title } = (layout[key] ?? {}) as { readonly title?: { readonly text?: string } };
  const [, quantity, unit] = /^(.*?)(?: \(([^()]+)\))?$/.exec(title?.text ?? "") ?? [];
  return [quantity ?? "", unit ?? ""];
}

/**
 * Factor from the axis of one figure to that of another, whose unit may have another prefix; null if the quantities
 * differ.
 */
function factorOf(from: Figure, to: Figure, key: string): number | null {
  const [[quantity, unit], [wanted, its]] = [axisOf(from, key), axisOf(to, key)];
  return quantity === wanted ? factorBetween(unit, its) : null;
}

const scaled = (values: unknown, factor: number): unknown =>
  Array.isArray(values) && factor !== 1
    ? values.map((value) => (typeof value === "number" ? value * factor : value))
    : values;

/** A trace of another run in the units of a figure; null if the quantities differ. */
function inUnitsOf(figure: Figure, trace: Trace, before: Figure): Trace | null {
  const key = (axis: "x" | "y"): string => String(trace[`${axis}axis`] ?? axis).replace(axis, `${axis}axis`);
  const [fx, fy] = [factorOf(before, figure, key("x")), factorOf(before, figure, key("y"))];
  if (fx === null || fy === null) return null;
  const { error_y: _, ...rest } = trace;
  return {
    ...rest,
    x: scaled(trace.x, fx),
    y: scaled(trace.y, fy),
    name: `kept: ${trace.name}`,
    opacity: 0.45,
    marker: { ...(trace.marker as object), color: colour.grey, symbol: "diamond" },
  };
}

/** A figure with the ensemble of another run drawn faintly in it. */
export function besideKept(figure: Figure, before: Figure): Figure {
  const measured = before.data.filter(isMeasured);
  if (measured.length === 0) return figure;
  const shown = measured.flatMap((trace): Trace[] => {
    const own = inUnitsOf(figure, trace, before);
    return own ? [own] : [];
  });
  const words = shown.length > 0 ? "Faint: the run that is kept." : "The run that is kept has other axes.";
  return { ...figure, caption: `${figure.caption} ${words}`, data: [...shown, ...figure.data] };
}
