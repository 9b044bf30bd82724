import { atTimeOf } from "../../figures/readable.ts";
import type { Observable } from "../observable.ts";
import { compare } from "./compare.ts";
import type { ObservedProduction } from "./count.ts";
import { instrument } from "./count.ts";
import type { ProductionFigures } from "./exact.ts";
import { exactFigures } from "./exact.ts";
import { productionFigures } from "./figure.ts";
import type { EntropyProductionResult } from "./result.ts";
import { columns, missing, result } from "./result.ts";
import type { PlannedProduction } from "./spec.ts";
import { spec } from "./spec.ts";

export const entropyProduction: Observable<
  PlannedProduction,
  ObservedProduction,
  never,
  ProductionFigures,
  EntropyProductionResult,
  typeof spec.shape
> = {
  ...spec,
  view: "distribution",
  instrument,
  sight: { quantities: () => undefined },
  exactFigures,
  compare,
  result,
  figures: (found, whole, own) =>
    productionFigures(found, own, whole.provenance.timeUnit, atTimeOf(whole.fokkerPlanck)),
  columns,
  note: ({ note }) => note,
  missing,
};
