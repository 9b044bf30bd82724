import { componentsFigure, meansFigure } from "../../figures/components.ts";
import type { Figure } from "../../figures/figure.ts";
import { scaleFor } from "../../figures/figure.ts";
import type { ExactBase } from "../../result-parts.ts";
import type { MomentsResult } from "./result.ts";

const squares = ["⟨mx²⟩", "⟨my²⟩", "⟨mz²⟩"];

/** Two figures: first and second moments against time. */
export function momentsFigures(moments: MomentsResult, exact: ExactBase | null, timeUnit: string): Figure[] {
  const { times } = moments;
  const scale = scaleFor(times, timeUnit);
  const evolution = exact?.evolution ?? [];
  const means = {
    times,
    values: moments.m,
    errors: moments.mStandardError,
    exact: evolution.map(({ time, m }) => ({ time, values: m })),
  };
  const second = {
    times,
    values: moments.mm,
    errors: moments.mmStandardError,
    exact: evolution.map(({ time, mm }) => ({ time, values: mm })),
  };
  return [
    meansFigure(means, scale),
    componentsFigure("Second moments", "mean of the square (1)", squares, second, scale),
  ];
}
