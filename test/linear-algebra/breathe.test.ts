import { expect, it } from "vitest";
import { schedule } from "../../src/expression/schedule.ts";
import type { InPieces } from "../../src/linear-algebra/breathe.ts";
import { atOnce, breathing } from "../../src/linear-algebra/breathe.ts";
import { plan, planHearing } from "../../src/observables/plan.ts";
import { readProblem } from "../../src/run/run.ts";

/** Pieces of work, and how many timers were heard when each was done. */
function* counted(pieces: number, heard: () => number): InPieces<number[]> {
  const found: number[] = [];
  for (let i = 0; i < pieces; i++) {
    if (i > 0) yield;
    found.push(heard());
  }
  return found;
}

/** Does work while a timer counts the pauses in it. */
async function hearing<T>(
  work: (heard: () => number) => Promise<T> | T,
): Promise<{ pauses: number; value: T }> {
  let pauses = 0;
  let timer = setTimeout(function count() {
    pauses++;
    timer = setTimeout(count);
  });
  const value = await work(() => pauses);
  clearTimeout(timer);
  return { pauses, value };
}

it("work in pieces lets timers run between any two of them, or none if it is done at once", async () => {
  const { value: paused } = await hearing((heard) => breathing(counted(4, heard)));
  for (let i = 1; i < 4; i++) expect(paused[i]).toBeGreaterThan(paused[i - 1]);
  const { value: whole } = await hearing((heard) => atOnce(counted(4, heard)));
  expect(whole).toEqual([0, 0, 0, 0]);
});

it("work in pieces ends with the signal's reason before its next piece", async () => {
  const stop = new AbortController();
  let done = 0;
  function* work(): InPieces<void> {
    for (;;) {
      if (++done === 3) stop.abort(new Error("enough"));
      if (done === 9) return;
      yield;
    }
  }
  await expect(breathing(work(), stop.signal)).rejects.toThrow("enough");
  expect(done).toBe(3);
});

it("a run is planned in pieces, one for each observable, and the plan is the same", async () => {
  const problem = readProblem({
    magnet: { delta: 3, alpha: 0.1 },
    energies: [{ type: "uniaxial", Ku1: 1 }],
    ensemble: 300,
    time: { duration: 5, step: 0.05 },
    observables: [
      { type: "moments", times: 2 },
      { type: "histogram" },
      { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
    ],
  });
  const { pauses, value } = await hearing(() => planHearing(problem));
  expect(pauses).toBeGreaterThanOrEqual(problem.observables.length + 2);
  expect(schedule(value.kernel.step)).toEqual(schedule(plan(problem).kernel.step));
});
