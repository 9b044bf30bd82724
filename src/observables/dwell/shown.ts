import type { ExactBase, TimeUnit } from "../../result-parts.ts";
import type { Candidate } from "../shown.ts";
import { besideExact } from "../shown.ts";
import type { ObservedDwell } from "./count.ts";
import type { DwellFigures } from "./exact.ts";
import type { DwellResult } from "./result.ts";

/** Mean dwells, rates of leaving and the occupation. */
export function shown(
  result: DwellResult,
  _observed: ObservedDwell,
  _exact: ExactBase,
  own: DwellFigures | null,
  unit: TimeUnit,
): Candidate[] {
  const { name } = result;
  return [
    ...(["up", "down"] as const).flatMap((side) => [
      ...besideExact(
        name,
        `: ${side}`,
        `mean dwell ${side}, ${name}`,
        unit,
        result[side]?.mean,
        result[side]?.meanStandardError,
        own?.[side],
      ),
      ...besideExact(
        name,
        `: ${side}`,
        `rate of leaving ${side}, ${name}`,
        `per ${unit}`,
        result[side]?.rate,
        result[side]?.rateStandardError,
        own?.[`${side}Rate`],
      ),
    ]),
    ...besideExact(
      name,
      ": occupation",
      `share of time up, ${name}`,
      "",
      result.occupationUp,
      result.occupationUpStandardError,
      own?.occupationUp,
    ),
  ];
}
