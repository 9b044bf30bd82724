import { expect, it } from "vitest";
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

it("a fit that would take hours ends with its estimate after the first evaluations, unless it is forced", () => {
  const slow = at({ left: 7200 });
  expect(() => patienceWithFit(false)(slow)).toThrow(TooLongError);
  expect(() => patienceWithFit(false)(slow)).toThrow(
    /about 2 hours here.*3 measured points takes 3 s.*--force/,
  );
  patienceWithFit(true)(slow);
  const look = patienceWithFit(false);
  look(at({}));
  // judged once
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
