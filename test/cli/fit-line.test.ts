import { expect, it } from "vitest";
import { exactProgress } from "../../src/cli/exact-progress.ts";
import { fitLine } from "../../src/cli/fit-line.ts";
import { inColumns } from "../../src/cli/in-column.ts";
import { patienceWithFit, TooLongError } from "../../src/cli/patience.ts";
import { fitText } from "../../src/report/fit-text.ts";
import type { FitProgress } from "../../src/run/fit-progress.ts";
import { FitCount } from "../../src/run/fit-progress.ts";

const at = (more: Partial<FitProgress>): FitProgress => ({
  phase: "parameters",
  evaluations: 12,
  point: 2,
  points: 3,
  seconds: 36,
  left: 114,
  ...more,
});

it("a fit says how far it is and about how long it still takes", () => {
  expect(fitText(at({}), 4.1)).toBe(
    "fit: 12 evaluations of the model, 2 of 3 points of the next, chi-squared 4.1, 36 s, about 110 s left",
  );
  expect(fitText(at({ phase: "profile", point: 0, left: null }))).toBe(
    "fit, profile: 12 evaluations of the model, 36 s",
  );
});

it("lines that are rewritten never wrap: what matters least is left out on a narrow terminal", () => {
  const written: string[] = [];
  const narrow = (columns: number) =>
    ({
      isTTY: true,
      columns,
      write: (text: string) => written.push(text.replace("\r\x1b[K", "")) > 0,
    }) as unknown as NodeJS.WriteStream;
  for (const columns of [200, 80, 60, 20]) fitLine(narrow(columns)).show(at({}));
  expect(written).toEqual([
    "fit: 12 evaluations of the model, 2 of 3 points of the next, 36 s, about 110 s left  Ctrl-C gives the best parameters so far",
    "fit: 12 evaluations of the model, 36 s, about 110 s left  Ctrl-C: best so far",
    "fit: 12 evaluations of the model, 36 s, about 110 s left",
    "fit: 12 evaluation…",
  ]);
  written.length = 0;
  const line = exactProgress(narrow(80));
  line.tell("the density in equilibrium");
  line.clear();
  expect(written[0]).toBe("exact side: the density in equilibrium, 0 s  Ctrl-C: figures so far");
  expect(written[0].length).toBeLessThan(80);
});

it("the parameters of a fit fit a terminal of 80 columns", () => {
  const rows = [
    ["energies.0.Ku1", "(4.2000 ± 0.0012)·10⁴", "95 %: 4.198·10⁴ … 4.202·10⁴"],
    ["magnet.alpha", "0.1 ± 0.02", "—"],
  ];
  expect(inColumns(rows)).toEqual([
    "energies.0.Ku1  (4.2000 ± 0.0012)·10⁴  95 %: 4.198·10⁴ … 4.202·10⁴",
    "magnet.alpha    0.1 ± 0.02             —",
  ]);
});

it("a fit that would take hours ends with its estimate after the first evaluations, unless it is forced", () => {
  const slow = at({ left: 7200 });
  expect(() => patienceWithFit(false)(slow)).toThrow(TooLongError);
  expect(() => patienceWithFit(false)(slow)).toThrow(
    /about 2 hours here.*3 measured points takes 3 s.*--force/,
  );
  patienceWithFit(true)(slow);
  const look = patienceWithFit(false);
  look(at({}));
  // compared once
  look(slow);
});

it("evaluations are counted when all their points are done, a failed one not", () => {
  const told: FitProgress[] = [];
  const count = new FitCount({ parameters: 1, points: 2, profile: true }, (progress) => told.push(progress));
  count.begin();
  count.point();
  // it fails, and another begins
  count.begin();
  count.point();
  count.point();
  expect(told.map(({ evaluations, point }) => [evaluations, point])).toEqual([
    [0, 1],
    [0, 1],
    [1, 0],
  ]);
  expect(told[0].left).toBeNull();
  expect(told[2].left).toBeGreaterThan(0);
  count.beginProfile();
  count.endOfProfile(2);
  count.begin();
  count.point();
  expect(told[3]).toMatchObject({ phase: "profile", left: 0 });
});
