import { afterEach, describe, expect, it } from "vitest";
import type { Ensemble, Filling, Kernel, PrepareOptions } from "../../../src/ensemble/kernel.ts";
import { reference } from "../../../src/ensemble/reference/index.ts";
import { wasm } from "../../../src/ensemble/wasm/index.ts";
import { buildModule } from "../../../src/ensemble/wasm/program.ts";
import { Share } from "../../../src/ensemble/wasm/share.ts";
import * as e from "../../../src/expression/expression.ts";
import { splitting } from "../../../src/integrators/splitting.ts";
import { binIndex, evenEdges } from "../../../src/physics/binning.ts";

const [mx, my, mz, t, warmth, crossings] = ["mx", "my", "mz", "t", "warmth", "crossings"].map(e.variable);

/**
 * Uniaxial anisotropy and a field, a drive, a counter of visits to the lower half, and a temperature per spin
 * unless the same for all is asked for.
 */
function sample(
  spins: number,
  variates: Kernel["variates"] = "dyadic",
  temperature: e.Operand = warmth,
): Kernel {
  const field = e.mul(0.3, e.sin(e.mul(0.05, t)));
  const energy = e.sub(e.mul(-0.5, e.mul(mz, mz)), e.add(e.mul(0.2, mx), e.mul(field, mz)));
  const dynamics = { psi: e.mul(0.1, energy), omega: energy, diffusion: e.mul(0.01, temperature) };
  const { step, refresh, observed } = splitting.build(dynamics, 0.3, variates);
  return {
    spins,
    seed: 0xfeedbeef,
    state: ["mx", "my", "mz", "crossings"],
    parameters: ["warmth"],
    variates,
    timeStep: 0.3,
    step: [...step, e.add(crossings, e.select(e.less(mz, 0), 1, 0))],
    refresh: [...refresh, crossings],
    watch: [
      {
        kind: "bins",
        when: e.less(mz, 0.2),
        index: binIndex({ kind: "azimuth", edges: evenEdges(-Math.PI, Math.PI, 7) }),
        bins: 7,
      },
      { kind: "sum", value: mz, low: -1.5, high: 1.5 },
    ],
    views: {
      moments: [
        { kind: "sum", value: observed[0], low: -1.5, high: 1.5 },
        { kind: "sum", when: e.less(0, observed[2]), value: observed[2], low: -1.5, high: 1.5 },
      ],
      mz: [
        {
          kind: "bins",
          index: binIndex({ kind: "projection", axis: [0, 0, 1], edges: evenEdges(-1, 1, 9) }),
          bins: 9,
        },
      ],
      time: [{ kind: "sum", value: t, low: 0, high: 1024 }],
    },
  };
}

const tilted: Filling = (first, count) => {
  const column = (value: (spin: number) => number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => Math.fround(value(first + i)));
  return {
    state: [
      column((s) => Math.sin(0.01 * s)),
      column(() => 0),
      column((s) => Math.cos(0.01 * s)),
      column(() => 0),
    ],
    parameters: [column((s) => 1 + (s % 5) / 4)],
  };
};

const open: Ensemble[] = [];
async function start(
  kernel: Kernel,
  filling: Filling,
  options?: PrepareOptions,
  backend = wasm,
): Promise<Ensemble> {
  const ensemble = await backend.prepare(kernel, filling, options);
  open.push(ensemble);
  return ensemble;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((ensemble) => ensemble.dispose()));
});

async function everything(ensemble: Ensemble, spins: number) {
  const [moments, histogram, time] = [
    await ensemble.observe("moments"),
    await ensemble.observe("mz"),
    await ensemble.observe("time"),
  ];
  return { moments, histogram, time, watched: await ensemble.collect(), state: await ensemble.read(spins) };
}

it("says what it is", async () => {
  const availability = await wasm.probe();
  expect(availability.available && availability.adapter).toMatch(
    /^WebAssembly (relaxed )?SIMD, \d+ threads?$/,
  );
});

describe("results do not depend on how the work is cut", () => {
  const spins = 333;
  const run = async (options: PrepareOptions, stops: readonly number[]) => {
    const ensemble = await start(sample(spins), tilted, options);
    for (const stop of stops) await ensemble.advance(stop);
    return everything(ensemble, spins);
  };
  it.each<[string, PrepareOptions, number[]]>([
    ["two threads", { threads: 2 }, [600]],
    ["many threads", { threads: 6 }, [600]],
    ["short dispatches", { threads: 1, stepsPerDispatch: 37 }, [600]],
    ["small dispatches", { threads: 2, spinsPerDispatch: 64 }, [600]],
    ["stops inside chunks", { threads: 1 }, [1, 2, 255, 256, 257, 300, 600]],
  ])("%s", async (_, options, stops) => {
    expect(await run(options, stops)).toEqual(await run({ threads: 1 }, [600]));
  });
});

it("goes on beyond 2^32 steps", async () => {
  const ensemble = await start(sample(8), tilted, { threads: 1 });
  // there is nothing but the count of steps between here and there
  (ensemble as unknown as { step: number }).step = 2 ** 32 - 256;
  await ensemble.advance(2 ** 32 + 1);
  const [mx, my, mz] = await ensemble.read(8);
  mx.forEach((x, i) => {
    expect(Math.hypot(x, my[i], mz[i])).toBeCloseTo(1, 5);
  });
});

it.each([
  ["dyadic", warmth],
  ["dyadic", 1.5],
  ["gaussian", warmth],
  ["gaussian", 1.5],
  ["none", 0],
] as const)("follows float64 with %s variates", async (variates, temperature) => {
  const spins = 131;
  const kernel = sample(spins, variates, temperature);
  const [ours, exact] = [
    await start(kernel, tilted, { threads: 2 }),
    await start(kernel, tilted, { threads: 1 }, reference),
  ];
  for (const stop of [3, 40]) {
    await ours.advance(stop);
    await exact.advance(stop);
    const [a, b] = [await ours.read(spins), await exact.read(spins)];
    // rounding of 6e-8 a step, and neighbouring paths part slowly
    const tolerance = 1e-6 * stop;
    a.slice(0, 3).forEach((column, k) => {
      column.forEach((value, i) => {
        expect(Math.abs(value - b[k][i])).toBeLessThan(tolerance);
      });
    });
  }
  const [a, b] = [await everything(ours, spins), await everything(exact, spins)];
  a.moments.forEach((moment, i) => {
    const other = b.moments[i];
    if (moment.kind !== "sum" || other.kind !== "sum") throw new Error("sums expected");
    expect(moment.count).toBe(other.count);
    expect(moment.total / moment.count).toBeCloseTo(other.total / other.count, 4);
  });
  expect(a.time).toEqual([
    { kind: "sum", total: expect.closeTo(131 * 12, 2), count: 131, onGrid: expect.any(Number) },
  ]);
});

it("counts exactly and zeroes on collection", async () => {
  const spins = 101;
  const ensemble = await start(
    {
      ...sample(spins, "none"),
      watch: [
        { kind: "bins", index: e.select(e.less(warmth, 1.4), 0, 2), bins: 3 },
        { kind: "bins", when: e.less(warmth, 1.1), index: crossings, bins: 4 },
        { kind: "sum", value: warmth, low: 0, high: 4 },
        { kind: "sum", when: e.less(9, warmth), value: warmth, low: 0, high: 4 },
        { kind: "sum", value: e.mul(1000, mz), low: -0.5, high: 1 },
      ],
      step: [mx, my, mz, crossings],
    },
    (first, count) => ({
      ...tilted(first, count),
      state: [0, 0, 1, 0].map((x) => new Float64Array(count).fill(x)),
    }),
    { threads: 2 },
  );
  await ensemble.advance(10);
  // five values of warmth, 21 spins with the first, 20 with each of the others
  const warmthSum = 21 + 20 * (1.25 + 1.5 + 1.75 + 2);
  expect(await ensemble.collect()).toEqual([
    { kind: "bins", counts: Float64Array.of(410, 0, 600) },
    { kind: "bins", counts: Float64Array.of(210, 0, 0, 0) },
    { kind: "sum", total: 10 * warmthSum, count: 1010, onGrid: 10 * warmthSum * 2 ** 22 },
    { kind: "sum", total: 0, count: 0, onGrid: 0 },
    { kind: "sum", total: 1010, count: 1010, onGrid: 1010 * 2 ** 24 },
  ]);
  const again = await ensemble.collect();
  expect(again[0]).toEqual({ kind: "bins", counts: new Float64Array(3) });
  expect(again[2]).toEqual({ kind: "sum", total: 0, count: 0, onGrid: 0 });
});

it("knows the time in the step, in what is watched and per spin", async () => {
  const kernel: Kernel = {
    ...sample(70, "none"),
    timeStep: 0.25,
    step: [mx, my, mz, e.add(crossings, e.mul(t, e.sub(warmth, e.mul(0.5, warmth))))],
    refresh: [mx, my, mz, crossings],
    watch: [{ kind: "sum", when: e.less(0.9, t), value: t, low: 0, high: 256 }],
  };
  const ensemble = await start(kernel, tilted, { threads: 1 });
  await ensemble.advance(8);
  const [, , , sums] = await ensemble.read(70);
  // steps begin at 0, 0.25, … 1.75
  expect([...sums.slice(0, 6)]).toEqual([3.5, 4.375, 5.25, 6.125, 7, 3.5]);
  expect(await ensemble.collect()).toEqual([
    { kind: "sum", total: 70 * 5.5, count: 280, onGrid: 70 * 5.5 * 2 ** 16 },
  ]);
});

describe("physics", () => {
  const up: Filling = (_, count) => ({
    state: [0, 0, 1].map((x) => new Float64Array(count).fill(x)),
    parameters: [],
  });
  const kernel = (energy: e.Expression, alpha: number, diffusion: number, h: number): Kernel => {
    const dynamics = { psi: e.mul(alpha, energy), omega: energy, diffusion: e.constant(diffusion) };
    const { step, refresh, observed } = splitting.build(dynamics, h, "dyadic");
    const sums = [observed[2], e.mul(observed[2], observed[2])];
    return {
      ...{
        spins: 65536,
        seed: 7,
        state: ["mx", "my", "mz"],
        parameters: [],
        variates: "dyadic",
        timeStep: h,
      },
      ...{ step, refresh, watch: [] },
      views: { moments: sums.map((value) => ({ kind: "sum", value, low: -1.5, high: 1.5 })) },
    };
  };
  const means = async (ensemble: Ensemble): Promise<number[]> =>
    (await ensemble.observe("moments")).map((result) => {
      if (result.kind !== "sum") throw new Error("sum expected");
      return result.total / result.count;
    });

  it("free diffusion decays as exp(−2Dt)", async () => {
    const ensemble = await start(kernel(e.constant(0), 0.1, 0.02, 0.5), up);
    await ensemble.advance(50);
    // standard error 0.5/√65536 at most
    expect(Math.abs((await means(ensemble))[0] - Math.exp(-2 * 0.02 * 25))).toBeLessThan(3 * 0.002);
  });

  it("settles to the Boltzmann distribution at barrier 2", async () => {
    const barrier = 2;
    const ensemble = await start(kernel(e.mul(-0.5, mz, mz), 0.1, 0.05 / barrier, 0.2), up);
    await ensemble.advance(1500);
    const weights = Array.from({ length: 2001 }, (_, i) => Math.exp(barrier * (i / 2000) ** 2));
    const total = weights.reduce((sum, w) => sum + w);
    const second = weights.reduce((sum, w, i) => sum + w * (i / 2000) ** 2, 0) / total;
    // spread of mz² is 0.31
    expect(Math.abs((await means(ensemble))[1] - second)).toBeLessThan(3 * 0.0012);
  });
});

it("refuses what does not fit, and unknown views", async () => {
  // more than any machine holds
  await expect(wasm.prepare(sample(1e13), tilted, { threads: 1 })).rejects.toThrow(
    /need .* GB of memory, and .* are free here: use fewer spins, or \d+ shares one after the other/,
  );
  const ensemble = await start(sample(8), tilted, { threads: 1 });
  await expect(ensemble.observe("nothing")).rejects.toThrow(/no view named nothing/);
});

it("reports what goes wrong in a worker", async () => {
  const broken: Filling = () => {
    throw new Error("no initial state");
  };
  await expect(wasm.prepare(sample(8), broken, { threads: 2 })).rejects.toThrow("no initial state");
  const { module, layout } = await buildModule(sample(8), false);
  const share = await Share.start(module, sample(8), layout, 0, 1);
  await expect(share.run([["view0", 2 ** 31, 1, 0, 0]])).rejects.toThrow(/out of bounds/);
  await share.close();
});
