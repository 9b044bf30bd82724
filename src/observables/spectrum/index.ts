import { unsettled } from "../../statistics/settled.ts";
import type { Observable } from "../observable.ts";
import { compare } from "./compare.ts";
import type { ObservedSpectrum } from "./count.ts";
import { instrument } from "./count.ts";
import type { ExactSpectrum, SpectrumFigures } from "./exact.ts";
import { exactFigures, predict } from "./exact.ts";
import { spectrumFigures } from "./figure.ts";
import { firstSettled } from "./records.ts";
import type { SpectrumResult } from "./result.ts";
import { result } from "./result.ts";
import { columns, exactOf, levelRate, lines, missing, ratios, rows, shown } from "./shown.ts";
import type { PlannedSpectrum } from "./spec.ts";
import { spec } from "./spec.ts";
import { stepBiases, stepShare } from "./step-bias.ts";

export const spectrum: Observable<
  PlannedSpectrum,
  ObservedSpectrum,
  ExactSpectrum,
  SpectrumFigures,
  SpectrumResult,
  typeof spec.shape
> = {
  ...spec,
  view: "fluctuation",
  instrument,
  sight: {
    quantities: ({ of }) => [of],
    overTime: true,
    stationary: true,
    correlates: true,
    remedy: { damping: "a spectrum" },
  },
  predict,
  exactFigures,
  stepShare,
  stepBiases,
  unsettled: (observed, { problem, prediction, planned: { everySteps } }) =>
    unsettled(
      problem,
      prediction,
      firstSettled(problem, observed?.samples.length ?? 0) * everySteps * problem.timeStep,
    ),
  compare,
  result,
  shown,
  figures: (found, whole, own) => spectrumFigures(found, own, whole.provenance.timeUnit),
  rows,
  lines,
  ratios,
  exactOf,
  columns,
  levelRate,
  missing,
};
