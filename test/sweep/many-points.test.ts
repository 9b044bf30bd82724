import { expect, it, vi } from "vitest";
import { reference } from "../../src/ensemble/reference/index.ts";
import { groupedBy } from "../../src/numerics/grouped-by.ts";
import { readSweep } from "../../src/sweep/description.ts";
import type { SweepPlan } from "../../src/sweep/plan.ts";
import { planSweep } from "../../src/sweep/plan.ts";
import { runPoints } from "../../src/sweep/run-points.ts";

const count = 200_000;
const experiment = {
  magnet: { delta: 4, alpha: 0.1 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  ensemble: 50,
  time: { duration: 20 },
};
const planOf = (sampling: unknown): Promise<SweepPlan> => {
  const values = { from: 1, to: 2 };
  const vary = { "magnet.delta": sampling === "list" ? { ...values, count } : values };
  const found = readSweep({ experiment, vary, sampling });
  if (!found.ok) throw new Error("the sweep is refused");
  return planSweep(found.sweep, experiment);
};

it("a million points are put into groups at once, in their order", () => {
  const began = process.cpuUsage();
  const groups = groupedBy(Array(1_000_000).keys(), (index) => index % 2);
  const { user } = process.cpuUsage(began);
  expect([...groups].map(([key, items]) => [key, items.length, items[0], items[499_999]])).toEqual([
    [0, 500_000, 0, 999_998],
    [1, 500_000, 1, 999_999],
  ]);
  // copied for each of them, the lists would take minutes
  expect(user / 1e6).toBeLessThan(5);
});

it.each([["list"], [{ type: "random", points: count }]])(
  "signals are handled while many points are placed: %j",
  async (sampling) => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    try {
      const { points } = await planOf(sampling);
      expect(points).toHaveLength(count);
    } finally {
      clearInterval(timer);
    }
    // points are made and their ranges found, in several rounds each
    expect(turns).toBeGreaterThan(4);
  },
);

it("an abort is heard while many points are put into groups", async () => {
  const plan = await planOf({ type: "random", points: count });
  let asked = 0;
  const points = new Proxy(plan.points, {
    get(target, key) {
      asked++;
      return Reflect.get(target, key);
    },
  });
  const stop = new AbortController();
  setTimeout(() => stop.abort());
  const options = { backend: reference, threads: 1, signal: stop.signal };
  for await (const _ of runPoints({ ...plan, points }, [...plan.points.keys()], options))
    throw new Error("a point was run");
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(count);
});

it("a thread that places points on a Latin hypercube, and checks some of them, pauses often", async () => {
  const pauses = vi.spyOn(globalThis, "setTimeout");
  const pausesOf = async (type: "random" | "latinHypercube"): Promise<number> => {
    pauses.mockClear();
    await planOf({ type, points: count });
    return pauses.mock.calls.length;
  };
  // a pause before each of the 61 checks, and in every 16384 points: of one axis, its range and the points themselves
  const rounds = Math.floor(count / 16_384);
  const random = await pausesOf("random");
  expect(random).toBeGreaterThanOrEqual(60 + 2 * rounds);
  // the permutation of the parts of the axis
  expect(await pausesOf("latinHypercube")).toBe(random + rounds);
  pauses.mockRestore();
});
