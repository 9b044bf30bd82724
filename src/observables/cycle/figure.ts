import type { Figure } from "../../figures/figure.ts";
import { colour, layout, scaleFor } from "../../figures/figure.ts";
import type { CycleFigures, CycleResult } from "./result.ts";
import { unsettled } from "./shown.ts";

/** The loop of ⟨m·d⟩: against the drive if it is a field along d, else against time. */
export function cycleFigures(result: CycleResult, own: CycleFigures | null, timeUnit: string): Figure[] {
  const { loop, loopStandardError, drive, times, direction } = result;
  const exactLoop = own?.loop;
  const note = unsettled(own);
  if (loop.length === 0) return [];
  const [factor, unit] = drive ? (timeUnit === "s" ? [1e3, "mT"] : [1, "B_K"]) : scaleFor(times, timeUnit);
  const x = (drive ?? times).map((value) => value * factor);
  const closed = (values: readonly number[]): number[] => (drive ? [...values, values[0]] : [...values]);
  const curve = exactLoop
    ? [
        {
          type: "scatter",
          mode: "lines",
          name: `exact, periodic state${note ? " (the run has not settled)" : ""}`,
          x: closed(x),
          y: closed(exactLoop),
          line: { color: colour.exact, width: 2 },
        },
      ]
    : [];
  return [
    {
      title: `${result.name}: loop`,
      caption: `Points: ensemble in the last period, bars of two standard errors.${exactLoop ? " Line: Fokker–Planck equation, periodic state." : ""}${note ? ` Points and line differ: ${note}.` : ""} Direction (${direction.map((n) => Number(n.toPrecision(3))).join(", ")}).`,
      data: [
        ...curve,
        {
          type: "scatter",
          mode: "markers",
          name: "ensemble",
          x,
          y: [...loop],
          error_y: {
            type: "data",
            array: loopStandardError.map((error) => 2 * error),
            thickness: 1,
            width: 0,
            color: colour.ensemble,
          },
          marker: { size: 6, color: colour.ensemble },
        },
      ],
      layout: layout(
        drive ? `field along the direction (${unit})` : `time in the period (${unit})`,
        "mean of m along the direction (1)",
      ) as Figure["layout"],
    },
  ];
}
