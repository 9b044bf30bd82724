import { settling } from "../../experiment/settling.ts";
import { less } from "../../expression/expression.ts";
import { margin } from "../../expression/margin.ts";
import { m } from "../../expression/vector.ts";
import { unsettled } from "../../statistics/settled.ts";
import type { Observable } from "../observable.ts";
import { compare } from "./compare.ts";
import type { ObservedDwell } from "./count.ts";
import { instrument, way } from "./count.ts";
import type { DwellFigures, KnownDwell } from "./exact.ts";
import { exactFigures, predict } from "./exact.ts";
import { dwellFigures } from "./figure.ts";
import type { DwellResult } from "./result.ts";
import { result } from "./result.ts";
import { columns, exactLines, levelRate, lines, missing, ratios, rows, shown } from "./shown.ts";
import type { PlannedDwell } from "./spec.ts";
import { minimumOf, spec } from "./spec.ts";

export const dwell: Observable<
  PlannedDwell,
  ObservedDwell,
  KnownDwell,
  DwellFigures,
  DwellResult,
  typeof spec.shape
> = {
  ...spec,
  view: "fluctuation",
  instrument,
  way,
  levels: (planned, problem) => ({
    up: planned.up,
    down: planned.down,
    minimum: minimumOf(planned, problem),
  }),
  sight: {
    quantities: ({ up, down }) => [margin(up), margin(down)],
    overTime: true,
    stationary: true,
    remedy: { damping: "dwell times" },
  },
  predict,
  exactFigures,
  unsettled: (_observed, { problem, prediction, known }) => {
    const { up, down } = known.value?.parts ?? { up: { value: 0.5 }, down: { value: 0.5 } };
    const after = settling * problem.steps * problem.timeStep;
    return unsettled(problem, prediction, after, Math.min(up.value, down.value));
  },
  compare,
  result,
  shown,
  figures: (found, whole, own) => dwellFigures(found, own, whole.provenance.timeUnit),
  rows,
  lines,
  exactLines,
  ratios,
  columns,
  levelRate,
  missing,
  timed: {
    name: "dwell",
    planned: { type: "dwell", name: "dwell", up: less(0.5, m[2]), down: less(m[2], -0.5) },
  },
};
