import { unexplained } from "../../src/sweep/columns.ts";
import type { SweepResult } from "../../src/sweep/result.ts";

/** Every empty cell as column, point and reason. */
export function emptyCells({ columns, missing }: SweepResult): [string, number, string[]][] {
  const points = columns.point as readonly number[];
  return Object.entries(columns).flatMap(([name, values]) =>
    values.flatMap((value, i): [string, number, string[]][] => {
      if (value !== null) return [];
      const found = (missing[name] ?? []).filter((one) => one.points.includes(points[i]));
      return [[name, points[i], found.map(({ reason }) => reason)]];
    }),
  );
}

/** Those that have no reason, or more than one. */
export const unexplainedCells = (result: SweepResult): [string, number, string[]][] =>
  emptyCells(result).filter(([, , reasons]) => reasons.length !== 1 || reasons[0] === unexplained);
