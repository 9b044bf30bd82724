import { readable, withError } from "../../figures/readable.ts";
import type { ExactBase, ResultBase, TimeUnit } from "../../result-parts.ts";
import type { Candidate, ColumnWriter, MissingFigure, Row, SummaryLine } from "../shown.ts";
import { besideExact } from "../shown.ts";
import type { ObservedCycle } from "./count.ts";
import type { CycleFigures, CycleResult, LoopFigures } from "./result.ts";

const parts = [
  ["χ′", "inPhase"],
  ["χ″", "quadrature"],
] as const;
const subscripts = ["₁", "₂", "₃"];

/** A run has settled if its averages differ from those of the periodic state by less than this share of the loop. */
const nearly = 1e-3;

const joule = (unit: TimeUnit): string => (unit === "s" ? "J" : "½MsVB_K");

/** Susceptibilities of m over ξ = μB/kT, and the energy of a period. */
export function shown(
  result: CycleResult,
  _observed: ObservedCycle,
  _exact: ExactBase,
  own: CycleFigures | null,
  unit: TimeUnit,
): Candidate[] {
  const { name, susceptibility } = result;
  const run = own?.run;
  return [
    ...besideExact(
      name,
      ": response",
      `mean of m over periods, ${name}`,
      "",
      result.mean,
      result.meanStandardError,
      run?.mean,
    ),
    ...(susceptibility ?? []).flatMap((found, k) =>
      parts.flatMap(([symbol, part]) =>
        besideExact(
          name,
          ": response",
          `${symbol}${subscripts[k]} of m over μB/kT, ${name}`,
          "",
          found[part],
          found[`${part}StandardError`],
          run?.susceptibility?.[k][part],
        ),
      ),
    ),
    ...besideExact(
      name,
      ": work",
      `energy a period, ${name}`,
      joule(unit),
      result.energyPerCycle,
      result.energyPerCycleStandardError,
      run?.energyPerCycle,
    ),
  ];
}

/** A note on the memory of the start, if the run's averages are not those of the periodic state. */
export function unsettled(own: CycleFigures | null): string | null {
  if (!own?.run || !own.settled || !own.loop) return null;
  const { run, settled, loop } = own;
  const amplitude = Math.max(...loop) - Math.min(...loop);
  const apart = Math.abs((run.mean ?? 0) - (settled.mean ?? 0)) / amplitude;
  const [now, then] = [run.energyPerCycle ?? 0, settled.energyPerCycle ?? 0];
  // a torque or a temperature does no work on the energy's parameters
  const work = now === then ? 0 : Math.abs(now - then) / Math.abs(then);
  return Math.max(apart, work) <= nearly
    ? null
    : `the run has not settled: in the periodic state the mean is ${readable(settled.mean)} and the energy per period ${readable(settled.energyPerCycle)}`;
}

const density = (figures: LoopFigures, what: "powerPerVolume" | "powerPerMass"): string =>
  figures[what] === null ? "—" : readable(figures[what]);

export function rows(result: CycleResult, _whole: ResultBase, own: CycleFigures | null): Row[] {
  const exact = own?.run;
  const losses = (
    [
      ["losses (W/m³)", "powerPerVolume"],
      ["losses (W/kg)", "powerPerMass"],
    ] as const
  ).flatMap(([label, what]): Row[] =>
    result[what] === null
      ? []
      : [[`${label}, ${result.name}`, density(result, what), exact ? density(exact, what) : "—"]],
  );
  const note = unsettled(own);
  const notes = [result.susceptibilityReason, note].flatMap((text) => text ?? []);
  return [...losses, ...notes.map((text) => [result.name, "—", text] as const)];
}

export const lines = (result: CycleResult, unit: TimeUnit): SummaryLine[] => [
  [
    `${result.name}, energy a period`,
    `${withError(result.energyPerCycle, result.energyPerCycleStandardError)} ${joule(unit)}`,
  ],
];

export function exactLines(own: CycleFigures, unit: TimeUnit, alone: boolean): SummaryLine[] {
  const { run, settled, reason } = own;
  if (!run || !settled) return [["periodic state", reason ?? "missing"]];
  const note = unsettled(own);
  const [first] = settled.susceptibility ?? [];
  return [
    ...(alone && first
      ? [["χ₁ of m over μB/kT", `${readable(first.inPhase)} − ${readable(first.quadrature)} i`] as const]
      : []),
    ...(alone ? [["energy a period", `${readable(settled.energyPerCycle)} ${joule(unit)}`] as const] : []),
    ...[settled.susceptibilityReason, note].flatMap((text) => (text ? [["cycle", text] as const] : [])),
  ];
}

export function columns(
  result: CycleResult,
  { provenance }: ResultBase,
  own: CycleFigures | null,
  { beside, put }: ColumnWriter,
): void {
  const { susceptibility } = result;
  const run = own?.run;
  const unit = provenance.timeUnit === "s" ? "J" : "";
  for (const [k, found] of (susceptibility ?? []).entries())
    for (const [, part] of parts)
      beside(
        `${part}${k + 1}`,
        "",
        found[part],
        found[`${part}StandardError`],
        run?.susceptibility?.[k][part],
      );
  beside(
    "energyPerCycle",
    unit,
    result.energyPerCycle,
    result.energyPerCycleStandardError,
    run?.energyPerCycle,
  );
  // a magnet in reduced units has no volume
  if (provenance.timeUnit === "s")
    put("powerPerVolume", "W/m3", result.powerPerVolume, "the magnet has no volume");
}

/** One for each harmonic that has a susceptibility. */
export const furtherColumns: RegExp = new RegExp(`^(${parts.map(([, part]) => part).join("|")})[1-9]$`);

export const missing = (own: readonly CycleFigures[]): MissingFigure[] =>
  own.flatMap(({ run, reason }) => (run ? [] : [["periodic state", reason]]));
