import type { Observable } from "../observable.ts";
import { compare } from "./compare.ts";
import type { ObservedCycle } from "./count.ts";
import { instrument } from "./count.ts";
import type { KnownCycle } from "./exact.ts";
import { predict } from "./exact.ts";
import { cycleFigures } from "./figure.ts";
import type { CycleFigures, CycleResult } from "./result.ts";
import { exactFigures, result } from "./result.ts";
import { columns, exactLines, furtherColumns, lines, missing, rows, shown } from "./shown.ts";
import type { PlannedCycle } from "./spec.ts";
import { spec } from "./spec.ts";

export const cycle: Observable<
  PlannedCycle,
  ObservedCycle,
  KnownCycle,
  CycleFigures,
  CycleResult,
  typeof spec.shape
> = {
  ...spec,
  view: "response",
  instrument,
  sight: { quantities: ({ of }) => [of], overTime: true },
  predict,
  exactFigures,
  compare,
  result,
  shown,
  figures: (found, whole, own) => cycleFigures(found, own, whole.provenance.timeUnit),
  rows,
  lines,
  exactLines,
  columns,
  furtherColumns,
  missing,
};
