import { describe, expect, it } from "vitest";
import type {
  Backend,
  Filling,
  Kernel,
  PrepareOptions,
  Tally,
  TallyResult,
} from "../../src/ensemble/kernel.ts";
import { gathered, withoutEvents } from "../../src/ensemble/tally.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import * as e from "../../src/expression/expression.ts";
import { splitting } from "../../src/integrators/splitting.ts";
import { plan } from "../../src/observables/plan.ts";
import { binIndex, evenEdges } from "../../src/physics/binning.ts";
import { backends } from "../laws/backends.ts";
import { readProblem, tiltedJunction } from "../platform/scenarios.ts";

/*
 * What is counted inside the step loop against the same counted from outside: a sampled counter is what a view gives at the
 * same steps, and an event is a step with a condition. Each backend is compared with itself, so equality is exact.
 */

const [mx, my, mz, t, side, crossings, peaks, warmth] = [
  "mx",
  "my",
  "mz",
  "t",
  "side",
  "crossings",
  "peaks",
  "warmth",
].map(e.variable);
const timeStep = 0.25;
const spins = 150;

/** Bins of mz; spins of the upper half with their mx; both fed at multiples of `every`, or as a view. */
const samples = (every?: number, observed = [mx, mx, mz]): Tally[] => [
  {
    kind: "bins",
    ...(every ? { every } : {}),
    index: binIndex({ kind: "projection", axis: [0, 0, 1], edges: evenEdges(-1, 1, 8) }),
    bins: 8,
  },
  {
    kind: "sum",
    ...(every ? { every } : {}),
    when: e.less(0, observed[2]),
    value: observed[0],
    low: -2,
    high: 2,
  },
];

/** A hot macrospin that knows its side and counts the crossings, with the time of the last in a histogram. */
function kernelOf(everies: readonly number[]): Kernel {
  const energy = e.sub(e.neg(e.square(mz)), e.mul(0.3, mx));
  const dynamics = { psi: e.mul(0.1, energy), omega: energy, diffusion: e.mul(0.05, warmth) };
  const { step, refresh } = splitting.build(dynamics, timeStep, "dyadic");
  const crosses = e.less(e.mul(side, mz), -0.1);
  return {
    spins,
    seed: 7,
    state: ["mx", "my", "mz", "side", "crossings", "peaks"],
    parameters: ["warmth"],
    variates: "dyadic",
    timeStep,
    step: [...step, side, crossings, peaks],
    refresh: [...refresh, side, crossings, peaks],
    watch: [
      { kind: "sum", when: e.less(0.9, mz), value: mz, low: -2, high: 2 },
      ...everies.flatMap((k) => samples(k)),
    ],
    events: [
      {
        when: crosses,
        set: { side: e.neg(side), crossings: e.add(crossings, 1) },
        count: [
          { kind: "bins", index: e.floor(e.mul(0.1, t)), bins: 20 },
          { kind: "sum", when: e.less(0, side), value: e.mul(2, mx), low: -4, high: 4 },
        ],
      },
      { when: e.less(0.97, e.mul(mx, mx)), set: { peaks: e.add(peaks, 1) }, count: [] },
    ],
    views: {
      samples: samples(),
      total: [crossings, peaks].map((value) => ({ kind: "sum", value, low: 0, high: 2 ** 24 })),
    },
  };
}

/** mx' has a sum of three terms, and a sample reads one of them: its sum must be rounded alike at steps with and without it. */
const sharing: Kernel = {
  ...kernelOf([]),
  step: [
    e.add(e.mul(0.7, mx), e.sub(e.mul(my, mz), e.mul(mx, mz))),
    e.add(e.mul(0.9, my), e.mul(0.2, e.variable("xi2"))),
    e.add(e.mul(0.8, mz), e.mul(0.1, e.variable("xi1"))),
    side,
    crossings,
    peaks,
  ],
  refresh: [mx, my, mz, side, crossings, peaks],
  watch: [
    {
      kind: "bins",
      every: 16,
      index: e.floor(e.mul(4, e.max(0, e.min(0.999, e.mul(mx, mz))))),
      bins: 4,
    },
  ],
  events: [],
};

const filling: Filling = (first, count) => ({
  state: [
    new Float64Array(count),
    new Float64Array(count),
    new Float64Array(count).fill(1),
    new Float64Array(count).fill(1),
    new Float64Array(count),
    new Float64Array(count),
  ],
  parameters: [Float64Array.from({ length: count }, (_, i) => 1 + ((first + i) % 3) / 2)],
});

/** Everything after the run, and sums of what the view gave at multiples of each of `everies` before the end. */
async function run(
  backend: Backend,
  kernel: Kernel,
  steps: number,
  { everies = [], ...options }: PrepareOptions & { everies?: readonly number[] } = {},
) {
  const ensemble = await backend.prepare(kernel, filling, { threads: 2, ...options });
  const sums = new Map<number, TallyResult[]>();
  try {
    for (let step = 0; step < steps; step++) {
      const due = everies.filter((every) => step % every === 0);
      if (due.length === 0) continue;
      await ensemble.advance(step);
      const found = await ensemble.observe("samples");
      for (const every of due) sums.set(every, added(sums.get(every), found));
    }
    await ensemble.advance(steps);
    return {
      state: await ensemble.read(spins),
      total: await ensemble.observe("total"),
      gathered: await ensemble.collect(),
      afterwards: await ensemble.collect(),
      sums,
    };
  } finally {
    await ensemble.dispose();
  }
}

const added = (a: TallyResult[] | undefined, b: TallyResult[]): TallyResult[] =>
  b.map((x, i) => {
    const y = a?.[i];
    if (!y) return x;
    if (x.kind === "bins" && y.kind === "bins")
      return { kind: "bins", counts: x.counts.map((n, k) => n + y.counts[k]) };
    if (x.kind === "sum" && y.kind === "sum")
      return { kind: "sum", total: x.total + y.total, count: x.count + y.count, onGrid: x.onGrid + y.onGrid };
    throw new Error("results of different kinds");
  });

/** Every backend, and shaders as they are printed for a GPU, whatever runs them. */
const cases = [
  ...backends.map((each) => ({ ...each, name: each.backend.name, options: {} as PrepareOptions })),
  ...backends
    .filter(({ backend }) => backend.name === "webgpu")
    .map((each) => ({ ...each, name: "webgpu, printed for a GPU", options: { printedFor: "gpu" } as const })),
];

describe.each(cases)("$name", ({ backend, reason, options }) => {
  it.skipIf(reason !== undefined).each([[[16]], [[4, 10]], [[7, 300]]])(
    "samples at multiples of %j what a view shows there",
    async (everies) => {
      const steps = 330;
      const { sums } = await run(backend, kernelOf([]), steps, { ...options, everies });
      const { gathered: found } = await run(backend, kernelOf(everies), steps, options);
      everies.forEach((every, i) => {
        const [histogram, sum] = found.slice(1 + 2 * i);
        const [expectedHistogram, expectedSum] = sums.get(every) as TallyResult[];
        expect(histogram).toEqual(expectedHistogram);
        if (sum.kind !== "sum" || expectedSum.kind !== "sum") throw new Error("not a sum");
        expect(sum.count).toBe(expectedSum.count);
        // at step 256 the steps have renormalized what the view still sees as it was, to rounding
        expect(Math.abs(sum.total - expectedSum.total)).toBeLessThan(spins * 2 ** -22);
      });
    },
  );

  it.skipIf(reason !== undefined)("skips events without changing what they do", async () => {
    const kernel = kernelOf([16]);
    const found = await run(backend, kernel, 330, options);
    const plain = await run(backend, withoutEvents(kernel), 330, options);
    expect(found.state).toEqual(plain.state);
    expect(found.gathered).toEqual(plain.gathered);
    expect(found.total).toEqual(plain.total);
    const [histogram] = found.gathered.slice(3);
    const [total, peaked] = found.total;
    if (histogram.kind !== "bins" || total.kind !== "sum" || peaked.kind !== "sum")
      throw new Error("unexpected kinds");
    expect(peaked.total).toBeGreaterThan(spins);
    // every crossing that a spin remembers was counted, and there were many
    expect(histogram.counts.reduce((a, b) => a + b)).toBe(total.total);
    expect(total.total).toBeGreaterThan(spins);
    for (const [i, result] of found.afterwards.entries())
      expect(
        result.kind === "sum" ? result.count : Math.max(...result.counts),
        `${gathered(kernel)[i].kind}`,
      ).toBe(0);
  });

  it.skipIf(reason !== undefined).each([
    ["samples and events", kernelOf([16, 10])],
    ["a sample that shares a product with the step", sharing],
  ])("gives the same for any division of the work: %s", async (_, kernel) => {
    const whole = await run(backend, kernel, 530, options);
    for (const division of [
      { stepsPerDispatch: 7, spinsPerDispatch: 64, threads: 1 },
      { stepsPerDispatch: 50, spinsPerDispatch: 100 },
    ]) {
      const pieces = await run(backend, kernel, 530, { ...options, ...division });
      expect(pieces.state).toEqual(whole.state);
      expect(pieces.gathered).toEqual(whole.gathered);
    }
  });
});

it("loses no spin at the end of a scale that unit length sets", async () => {
  const problem = readProblem({
    ...tiltedJunction({ delta: 4, alpha: 0.1, field: [0, 0, 1] }),
    initial: { isotropic: true },
    timeStep: 0.2,
    steps: 160,
    observables: [
      {
        type: "histogram",
        name: "across",
        binning: {
          kind: "expression",
          of: e.sqrt(e.add(e.square(mx), e.square(e.variable("my")))),
          edges: evenEdges(0, 1.000001, 20),
        },
        steps: [],
        gather: { every: 16, from: 0 },
      },
    ],
  });
  const { kernel, filling } = plan(problem);
  const ensemble = await wasm.prepare(kernel, filling, { threads: 1 });
  await ensemble.advance(problem.steps);
  const [found] = await ensemble.collect();
  await ensemble.dispose();
  if (found.kind !== "bins") throw new Error("not a histogram");
  expect(found.counts.reduce((a, b) => a + b)).toBe(10 * problem.ensemble);
});
