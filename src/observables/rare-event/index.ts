import { margin } from "../../expression/margin.ts";
import type { Observable } from "../observable.ts";
import { compareRareEvent } from "./compare.ts";
import type { ObservedRareEvent } from "./count.ts";
import { countApart, instrument } from "./count.ts";
import type { ExactRareEvent, RareEventFigures } from "./exact.ts";
import { exactFigures, predict } from "./exact.ts";
import { rareEventFigures } from "./figure.ts";
import type { RareEventResult } from "./result.ts";
import { result } from "./result.ts";
import { columns, furtherColumns, lines, rows, shown } from "./shown.ts";
import type { PlannedRareEvent } from "./spec.ts";
import { spec } from "./spec.ts";

export const rareEvent: Observable<
  PlannedRareEvent,
  ObservedRareEvent,
  ExactRareEvent,
  RareEventFigures,
  RareEventResult,
  typeof spec.shape
> = {
  ...spec,
  view: "switching",
  instrument,
  countApart,
  sight: { quantities: ({ event }) => [margin(event)] },
  predict,
  exactFigures,
  compare: (observed, { known }) => [compareRareEvent(observed, known)],
  result,
  shown,
  figures: (found, whole, own) => rareEventFigures(found, own, whole.provenance.timeUnit),
  rows,
  lines,
  columns,
  furtherColumns,
  answers: { lifetime: { written: (until, seconds) => ({ until, in: seconds }) } },
};
