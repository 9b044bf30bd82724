import type { Figure } from "../figures/figure.ts";
import { curveColours, layout, perTime } from "../figures/figure.ts";
import { formulaTraces } from "../figures/formulas.ts";
import { readable } from "../figures/readable.ts";
import { largest, smallest } from "../numerics/extremes.ts";
import type { RatesRow } from "../run/rates.ts";
import type { RatesOver } from "../run/rates-over.ts";
import { timeUp } from "../run/time-up.ts";

type Figured = number | null;

/** Exact figures against the first varied path, one line for each combination of the others. */
export function ratesFigures(
  { paths, rows }: Pick<RatesOver, "paths" | "rows">,
  timeUnit: string,
  pathUnit = "",
): Figure[] {
  const [path, ...others] = paths;
  if (path === undefined || rows.length < 2) return [];
  const groups = new Map<string, RatesRow[]>();
  for (const row of rows) {
    const key = others.map((other) => `${other} = ${readable(row.settings[other])}`).join(", ");
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const x = (some: readonly RatesRow[]): number[] => some.map((row) => row.settings[path]);
  const single = groups.size === 1;
  const curves = (
    wanted: readonly { name: string; of: (row: RatesRow) => Figured }[],
  ): Figure["data"][number][] => {
    let next = 0;
    return [...groups].flatMap(([group, some]) =>
      wanted.flatMap(({ name, of }) => {
        const y = some.map(of);
        if (y.every((value) => value === null)) return [];
        const color = curveColours[next++ % curveColours.length];
        return [
          {
            type: "scatter",
            mode: "lines+markers",
            name: single ? name : `${name}, ${group}`,
            x: x(some),
            y,
            marker: { size: 6, color },
            line: { color, width: 1.8 },
          },
        ];
      }),
    );
  };
  const formulas = (quantities: RegExp): Figure["data"][number][] =>
    single
      ? formulaTraces(
          rows.flatMap((row) =>
            row.theory
              .filter(({ quantity }) => quantities.test(quantity))
              .map((form) => ({ ...form, x: row.settings[path] })),
          ),
        )
      : [];
  const isLog = x(rows).every((value) => value > 0) && largest(x(rows)) / smallest(x(rows)) > 30;
  const figure = (title: string, caption: string, y: string, data: Figure["data"], log: boolean): Figure[] =>
    data.some((trace) => trace.mode === "lines+markers")
      ? [
          {
            title,
            caption,
            data,
            layout: layout(pathUnit ? `${path} (${pathUnit})` : path, y, {
              x: isLog ? { type: "log" } : {},
              y: log ? { type: "log" } : {},
            }) as Figure["layout"],
          },
        ]
      : [];
  const dashed = "Dashed: closed forms, grey outside their range.";
  return [
    ...figure(
      "Rates",
      `Exact: the smallest non-zero eigenvalue λ₁ and the escape rate of each state. ${dashed}`,
      `rate (${perTime(timeUnit)})`,
      [
        ...formulas(/^smallest eigenvalue$|^rate /),
        ...curves([
          { name: "λ₁", of: (row) => row.slowest?.rate ?? null },
          { name: "leaving up", of: (row) => row.up?.rate ?? null },
          { name: "leaving down", of: (row) => row.down?.rate ?? null },
        ]),
      ],
      true,
    ),
    ...figure(
      "Effective barriers",
      `d ln(rate)/d ln T of the exact rates: what a plot over temperature would show at this point. ${dashed}`,
      "barrier (kT)",
      [
        ...formulas(/barrier/),
        ...curves([
          { name: "leaving up", of: (row) => row.up?.barrier ?? null },
          { name: "leaving down", of: (row) => row.down?.barrier ?? null },
        ]),
      ],
      false,
    ),
    ...figure(
      "Not-switched probability",
      `At the end of the run, on the side where all spins started. ${dashed}`,
      "probability",
      [
        ...formulas(/^not-switched probability$/),
        ...curves([{ name: "exact", of: (row) => row.notSwitched }]),
      ],
      true,
    ),
    ...figure(
      "Mean dwell times",
      "Exact, by the two thresholds of the experiment.",
      `dwell time (${timeUnit})`,
      curves([
        { name: "up", of: (row) => row.dwellUp },
        { name: "down", of: (row) => row.dwellDown },
      ]),
      true,
    ),
    ...figure(
      "Share of time up",
      "Exact, of the stationary state, by the two thresholds of the experiment.",
      "share of time up",
      curves([{ name: "exact", of: timeUp }]),
      false,
    ),
  ];
}
