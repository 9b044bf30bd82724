import { describe, expect, it } from "vitest";
import type { Backend, Kernel } from "../../src/ensemble/kernel.ts";
import { instrumentId } from "../../src/ensemble/plan.ts";
import * as e from "../../src/expression/expression.ts";
import { m } from "../../src/expression/vector.ts";
import type { PlannedPassage } from "../../src/observables/first-passage/spec.ts";
import { plan } from "../../src/observables/plan.ts";
import { backends } from "../laws/backends.ts";
import { readProblem, tiltedJunction } from "../platform/scenarios.ts";
import { withEnsemble } from "../with-ensemble.ts";

/* Spins that have passed are left alone and moved out of the way: that must not be seen in any passage time. */

const spins = 700;
const steps = 2048;
const problem = readProblem({
  ...tiltedJunction({ delta: 2, alpha: 0.3, field: [0.1, 0, -0.1] }),
  timeStep: 0.2,
  ensemble: spins,
  steps,
  observables: [{ type: "firstPassage", name: "passage", until: e.less(m[2], -0.5) } as PlannedPassage],
});
const { kernel, filling } = plan(problem);

async function run(backend: Backend, kernel: Kernel, options = {}) {
  return withEnsemble(backend.prepare(kernel, filling, { threads: 2, ...options }), async (ensemble) => {
    for (const stop of [300, 1500, steps]) await ensemble.advance(stop);
    const [, , , time] = await ensemble.read(spins);
    const [, , , firstTimes] = await ensemble.read(50);
    return { passage: await ensemble.observe(instrumentId(0)), time, firstTimes };
  });
}

it("knows when nobody asks for a spin any more", () => {
  expect(kernel.finished).toEqual(["o0_time"]);
  const watchedOtherwise = plan({
    ...problem,
    observables: [...problem.observables, { type: "moments", name: "moments", steps: [steps] }],
  });
  expect(watchedOtherwise.kernel.finished).toBeUndefined();
});

describe.each(backends)("$backend.name", ({ backend, reason }) => {
  it.skipIf(reason !== undefined)("finds the same passage times with and without compaction", async () => {
    const { finished, ...restless } = kernel;
    const all = await run(backend, restless);
    const compacted = await run(backend, kernel, { spinsPerDispatch: 256 });
    expect(compacted.time).toEqual(all.time);
    expect(compacted.firstTimes).toEqual(all.firstTimes);
    expect(compacted.passage).toEqual(all.passage);
    // some have passed at every stage, so that there was something to move, and the test is not empty
    const passed = [...all.time].filter((t) => t >= 0);
    expect(passed.filter((t) => t < 256).length).toBeGreaterThan(spins / 10);
    expect(passed.length).toBeGreaterThan(0.9 * spins);
  });
});
