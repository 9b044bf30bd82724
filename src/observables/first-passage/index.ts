import { less } from "../../expression/expression.ts";
import { margin } from "../../expression/margin.ts";
import { m } from "../../expression/vector.ts";
import type { PredictedPassage } from "../../fokker-planck/switching.ts";
import type { Observable } from "../observable.ts";
import { compare } from "./compare.ts";
import type { ObservedPassage } from "./count.ts";
import { instrument, way } from "./count.ts";
import type { PassageFigures } from "./exact.ts";
import { exactFigures, predict } from "./exact.ts";
import { passageFigures } from "./figure.ts";
import type { PassageResult } from "./result.ts";
import { result, soFar } from "./result.ts";
import { columns, exactLines, lines, missing, rows, shown } from "./shown.ts";
import type { PlannedPassage } from "./spec.ts";
import { spec } from "./spec.ts";

const planned = (until: PlannedPassage["until"]): PlannedPassage => ({
  type: "firstPassage",
  name: "passage",
  until,
});

export const firstPassage: Observable<
  PlannedPassage,
  ObservedPassage,
  PredictedPassage,
  PassageFigures,
  PassageResult,
  typeof spec.shape
> = {
  ...spec,
  view: "switching",
  instrument,
  way,
  sight: { quantities: ({ until }) => [margin(until)], overTime: true },
  predict,
  exactFigures,
  compare,
  result,
  shown,
  figures: (found, whole, own) => passageFigures(found, own, whole),
  soFar,
  rows,
  lines,
  exactLines,
  columns,
  missing,
  answers: { passage: { planned, read: ({ passage }) => passage } },
  timed: { name: "first passage", planned: planned(less(m[2], -0.5)) },
};
