import { perTime } from "../../figures/figure.ts";
import { readable, withError } from "../../figures/readable.ts";
import type { ExactBase, ResultBase, TimeUnit } from "../../result-parts.ts";
import type {
  Candidate,
  ColumnWriter,
  LevelRate,
  MeasuredRatio,
  MissingFigure,
  Row,
  SummaryLine,
} from "../shown.ts";
import { asQuantity, besideExact } from "../shown.ts";
import type { ObservedDwell } from "./count.ts";
import type { DwellFigures } from "./exact.ts";
import type { DwellResult } from "./result.ts";

const states = ["up", "down"] as const;
const quantityOf = { up: "timeUp", down: "timeDown" } as const;

/** Mean dwells, escape rates and the occupation. */
export function shown(
  result: DwellResult,
  _observed: ObservedDwell,
  _exact: ExactBase,
  own: DwellFigures | null,
  unit: TimeUnit,
): Candidate[] {
  const { name } = result;
  return [
    ...states.flatMap((state) => [
      ...asQuantity(
        quantityOf[state],
        besideExact(
          name,
          `: ${state}`,
          `mean dwell ${state}, ${name}`,
          unit,
          result[state]?.mean,
          result[state]?.meanStandardError,
          own?.[state],
        ),
      ),
      ...besideExact(
        name,
        `: ${state}`,
        `escape rate ${state}, ${name}`,
        `per ${unit}`,
        result[state]?.rate,
        result[state]?.rateStandardError,
        own?.[`${state}Rate`],
      ),
    ]),
    ...asQuantity(
      "shareUp",
      besideExact(
        name,
        ": occupation",
        `share of time up, ${name}`,
        "",
        result.occupationUp,
        result.occupationUpStandardError,
        own?.occupationUp,
      ),
    ),
  ];
}

/** Means without an exact partner, and telegraph times if they differ from the dwells. */
export function rows(result: DwellResult, { provenance }: ResultBase, own: DwellFigures | null): Row[] {
  const { timeUnit } = provenance;
  const withheld = states
    .filter((state) => result.reason && !result[state])
    .map(
      (state): Row => [
        `mean dwell ${state} (${timeUnit}), ${result.name}`,
        `— ${result.reason}`,
        result.unsettled === undefined ? readable(own?.[state]) : "—",
      ],
    );
  if (!own)
    return states.map((state) => [
      `mean dwell ${state} (${timeUnit}), ${result.name}`,
      withError(result[state]?.mean ?? null, result[state]?.meanStandardError ?? null),
      "—",
    ]);
  const { telegraphUp, telegraphDown, note } = own;
  if (!note) return withheld;
  return [
    ...withheld,
    [`telegraph time up (${timeUnit})`, "—", readable(telegraphUp)],
    [`telegraph time down (${timeUnit})`, "—", `${readable(telegraphDown)}. ${note}`],
  ];
}

export const lines = (result: DwellResult, unit: TimeUnit): SummaryLine[] =>
  states.map((state) => [
    `${result.name}, ${state}`,
    result[state] || !result.reason
      ? `${withError(result[state]?.mean, result[state]?.meanStandardError)} ${unit}`
      : `no mean: ${result.reason}`,
  ]);

export function exactLines(own: DwellFigures, unit: TimeUnit, alone: boolean): SummaryLine[] {
  const { up, down, reason, note, telegraphUp, telegraphDown } = own;
  const mean: SummaryLine = ["mean dwell", reason ?? `up ${readable(up)}, down ${readable(down)} ${unit}`];
  const telegraph: SummaryLine = [
    "telegraph times",
    `up ${readable(telegraphUp)}, down ${readable(telegraphDown)} ${unit}. ${note}`,
  ];
  return [...(alone ? [mean] : []), ...(note ? [telegraph] : [])];
}

export const ratios = (result: DwellResult, _whole: ResultBase, own: DwellFigures | null): MeasuredRatio[] =>
  states.map((state) => ({
    label: `mean dwell ${state}`,
    value: result[state]?.mean,
    error: result[state]?.meanStandardError,
    exact: own?.[state],
  }));

export function columns(
  result: DwellResult,
  { provenance: { timeUnit } }: ResultBase,
  own: DwellFigures | null,
  { beside }: ColumnWriter,
): void {
  for (const state of states) {
    const found = result[state];
    const why = { value: result.reason ?? `no dwell ${state} ended while dwells were counted` };
    beside(state, timeUnit, found?.mean, found?.meanStandardError, own?.[state], why);
    beside(
      `${state}Rate`,
      perTime(timeUnit),
      found?.rate,
      found?.rateStandardError,
      own?.[`${state}Rate`],
      why,
    );
  }
  const { occupationUp, occupationUpStandardError } = result;
  const why = { value: "no spin had come to either level when counting began" };
  beside("occupationUp", "", occupationUp, occupationUpStandardError, own?.occupationUp, why);
}

export const missing = (own: readonly DwellFigures[]): MissingFigure[] =>
  own.flatMap(({ up, down, telegraphUp, reason, telegraphReason }): MissingFigure[] => {
    if (up === null && down === null) return [["dwell times", reason]];
    return [
      ...(reason === undefined ? [] : [["dwell times", reason] as const]),
      ...(telegraphUp === null ? [["telegraph times", telegraphReason] as const] : []),
    ];
  });

export const levelRate = ({ name, up, down }: DwellResult, unit: TimeUnit): LevelRate | null =>
  up && down
    ? {
        rate: up.rate + down.rate,
        standardError: Math.hypot(up.rateStandardError, down.rateStandardError),
        from: `the mean dwells of ${name}, ${readable(up.mean)} ${unit} up and ${readable(down.mean)} ${unit} down,`,
        counts:
          "a dwell ends at every crossing of both thresholds, and a spin that has crossed rings back and forth before it settles",
      }
    : null;
