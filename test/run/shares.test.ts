import { describe, expect, it } from "vitest";
import { simulate } from "../../src/ensemble/simulate.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { plan } from "../../src/observables/plan.ts";
import type { PartObservation } from "../../src/run/share/part.ts";
import { partOf } from "../../src/run/share/part.ts";
import { replayed } from "../../src/run/share/replay.ts";
import type { SpinShare } from "../../src/run/share/spin-share.ts";
import { problemsOfSpins } from "../../src/run/share/spin-share.ts";
import { spinsOfTask } from "../../src/run/share/task.ts";
import { backends } from "../laws/backends.ts";
import { withEnsemble } from "../with-ensemble.ts";

const raw = {
  magnet: { Ms: 8e5, volume: 2e-25, alpha: 0.1, temperature: 300 },
  energies: [{ type: "uniaxial", Ku1: { mean: 2.5e4, deviation: 2e3, distribution: "normal" } }],
  ensemble: 331,
  seed: 3,
  time: { duration: 8e-10, step: 5e-12, integrator: "splitting" },
};
const cases = {
  "everything there is to look at": [
    { type: "moments", times: 2 },
    { type: "histogram", of: "mz", bins: 8, times: 1 },
    { type: "histogram", of: "mz", bins: 8, every: 5e-11, name: "along" },
    { type: "dwell", up: "mz > 0.3", down: "mz < -0.3" },
    { type: "spectrum", of: "mz", sampleEvery: 6e-11 },
    { type: "trajectory", spins: 150, every: 3e-10 },
    { type: "entropyProduction", times: 2 },
  ],
  "spins that finish": [{ type: "firstPassage", until: "mz < 0" }],
};

const problemWith = (observables: unknown) => {
  const checked = checkExperiment({ ...raw, observables });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return reduce(checked.experiment);
};

/** Each is planned once for all backends. */
const planned = Object.entries(cases).map(([name, observables]) => {
  const problem = problemWith(observables);
  return [name, problem, plan(problem)] as const;
});

describe.each(backends)("$backend.name", ({ backend, reason }) => {
  it.skipIf(reason !== undefined).each(planned)(
    "three shares in any order are the whole to the bit: %s",
    async (_, problem, planned) => {
      const whole = await withEnsemble(backend.prepare(planned.kernel, planned.filling), (ensemble) =>
        simulate(problem, planned, ensemble),
      );
      const shares: SpinShare[] = [];
      for (const share of [2, 3, 1]) {
        const task = { share, of: 3 };
        const stretch = spinsOfTask(task, problem.ensemble);
        const part = partOf(problem, planned, stretch);
        const { kernel, filling } = part.plan;
        shares.push(
          await withEnsemble(backend.prepare(kernel, filling, { threads: share }), async (ensemble) => ({
            ...(task as SpinShare),
            ...stretch,
            adapter: ensemble.adapter,
            precision: ensemble.precision,
            parts: (await simulate(part.problem, part.plan, ensemble))
              .observations as readonly PartObservation[],
          })),
        );
      }
      const merged = await simulate(problem, planned, replayed(planned, shares));
      const { wallSeconds: _here, ...found } = merged;
      const { wallSeconds: _there, ...wanted } = whole;
      expect(found).toEqual(wanted);
      expect(found.dynkin.length).toBe(1);
    },
  );
});

describe("shares are refused by name", () => {
  const { experiment } = problemWith([]);
  const run = { experiment, version: "1" };
  const share = (i: number, more: Partial<SpinShare> = {}) => ({
    name: `share-${i}-of-3.spins`,
    share: { ...run, share: i, of: 3, backend: "wasm", ...more } as SpinShare,
  });
  it.each([
    ["missing", [share(1), share(3)], [], "missing of 3 shares: 2"],
    ["not finished", [share(1), share(3)], [{ share: 2, of: 3 }], "share 2 of 3 is not finished"],
    [
      "double",
      [share(1), share(2), share(3), { ...share(2), name: "copy" }],
      [],
      "share 2 occurs twice: in share-2-of-3.spins and copy",
    ],
    [
      "foreign",
      [share(1, { experiment: { ...experiment, seed: 7 } }), share(2), share(3)],
      [],
      "share-1-of-3.spins belongs to another experiment (seed differ)",
    ],
    [
      "of another version",
      [share(1, { version: "0" }), share(2), share(3)],
      [],
      "share-1-of-3.spins was computed by version 0, this is 1",
    ],
    [
      "of another backend",
      [share(1, { backend: "webgpu" }), share(2), share(3)],
      [],
      "shares of different backends: on webgpu (share-1-of-3.spins), on wasm (share-3-of-3.spins)",
    ],
    [
      "of another division",
      [share(1), share(2), share(3), { ...share(4), share: { ...share(4).share, of: 4 } }],
      [],
      "shares of different divisions: of 3 (share-3-of-3.spins), of 4 (share-4-of-3.spins)",
    ],
    [
      "damaged",
      [
        { name: "share-1-of-3.spins", share: null, reason: "cannot be used: it is truncated" },
        share(2),
        share(3),
      ],
      [],
      "share-1-of-3.spins cannot be used: it is truncated",
    ],
    ["none", [], [], "there is no share"],
  ] as const)("%s", (_, shares, unfinished, problem) => {
    expect(problemsOfSpins(shares, unfinished, run)).toContain(problem);
  });
  it("and not where they are all there", () => {
    expect(problemsOfSpins([share(3), share(1), share(2)], [], run)).toEqual([]);
  });
});
