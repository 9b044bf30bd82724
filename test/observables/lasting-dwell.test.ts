import { expect, test } from "vitest";
import { reference } from "../../src/ensemble/reference/index.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { exactly, outOfReach } from "../../src/fokker-planck/exact.ts";
import { withLastingVisits } from "../../src/fokker-planck/lasting-visits.ts";
import type { Result } from "../../src/result.ts";
import { exactQuantities } from "../../src/run/fit.ts";
import { readProblem } from "../../src/run/read-problem.ts";
import { run } from "../../src/run/run.ts";

const sides = ["up", "down"] as const;
const experiment = {
  magnet: { delta: 2.5, alpha: 0.1 },
  energies: [
    { type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] },
    { type: "zeeman", B_ext: [0, 0, 0.04] },
  ],
  initial: { type: "boltzmann" },
  ensemble: 40000,
  time: { duration: 300 },
  observables: [
    { type: "dwell" },
    { type: "dwell", name: "lasting", minimum: 8 },
    { type: "dwell", name: "long", minimum: 25 },
  ],
};

/** The exact figures of the dwells, in order. */
const exactMeans = ({ fokkerPlanck }: Result) =>
  (fokkerPlanck?.observables ?? []) as unknown as readonly {
    readonly up: number;
    readonly down: number;
    readonly reason?: string;
  }[];

test("visits that are shorter than the minimum end no dwell, as exact means say", async () => {
  const result = await run(experiment, { backend: wasm });
  const found = result.observables.flatMap((own) => (own.type === "dwell" ? [own] : []));
  const exact = exactMeans(result);
  expect(found).toHaveLength(3);
  for (const side of sides) {
    found.forEach((own, i) => {
      const { mean, meanStandardError } = own[side] as NonNullable<(typeof own)["up"]>;
      expect(meanStandardError / mean).toBeLessThan(0.01);
      expect(Math.abs(mean - exact[i][side])).toBeLessThan(4 * meanStandardError + 0.005 * mean);
    });
    // far more than the error
    expect(exact[1][side] / exact[0][side]).toBeGreaterThan(1.08);
    expect(exact[2][side] / exact[1][side]).toBeGreaterThan(1.25);
  }
  expect(found.map(({ minimum }) => minimum && Math.round(minimum))).toEqual([undefined, 8, 25]);
  const compared = result.certificate?.checks.filter(({ name }) => name.startsWith("long: mean"));
  expect(compared?.map(({ relation }) => relation)).toEqual(["at least", "at least"]);
  expect(result.certificate?.passed).toBe(true);
});

test("two visits of a hand-made law: mean = E[τ | τ > T] + (1 − q)/q (E[τ' | τ' < T] + E[τ])", () => {
  // exponential laws, for which E[τ | τ > T] = T + mean
  const means = { up: 30, down: 10 };
  const law = (times: readonly number[]) =>
    exactly({
      up: exactly(
        times.map((t) => Math.exp(-t / means.up)),
        1e-9,
      ),
      down: exactly(
        times.map((t) => Math.exp(-t / means.down)),
        1e-9,
      ),
    });
  const dwell = {
    up: exactly(means.up, 0),
    down: exactly(means.down, 0),
    occupationUp: 0.75,
    parts: {
      rate: { value: 1 / 40, error: 0 },
      up: { value: 0.75, error: 0 },
      down: { value: 0.25, error: 0 },
    },
    errorEstimate: 0,
  };
  const minimum = 5;
  const expected = (own: number, other: number): number => {
    const q = Math.exp(-minimum / other);
    const early = other - (minimum * q) / (1 - q);
    return minimum + own + ((1 - q) / q) * (early + own);
  };
  const found = withLastingVisits(dwell, law, minimum).value;
  expect(found?.up.value).toBeCloseTo(expected(30, 10), 8);
  expect(found?.down.value).toBeCloseTo(expected(10, 30), 8);
  expect(withLastingVisits(dwell, law, 1e-9).value?.up.value).toBeCloseTo(30, 6);
  // so few visits last that long that nothing is known of them
  expect(withLastingVisits(dwell, law, 400).reason).toContain(
    "a visit lasts that long with a probability of 4.2e-18",
  );
  expect(withLastingVisits(dwell, () => outOfReach("no law"), minimum).reason).toContain("no law");
});

test("the readout of a model with a minimum is what rates and fits compute", () => {
  const [, lasting] = experiment.observables;
  const times = (observables: object[]) =>
    exactQuantities(readProblem({ ...experiment, observables }), ["tau_up", "tau_down"]);
  expect((times([lasting]).tau_up as number) / (times([{ type: "dwell" }]).tau_up as number)).toBeGreaterThan(
    1.08,
  );
});

test("backends count the same; off the axis the exact means are missing with the reason; four steps are needed", async () => {
  const few = {
    ...experiment,
    ensemble: 200,
    seed: 3,
    time: { duration: 200, step: 0.1 },
    energies: [experiment.energies[0], { type: "zeeman", B_ext: [0.1, 0, 0] }],
    observables: [
      { type: "dwell", minimum: 8 },
      { type: "dwell", name: "short", minimum: 0.2 },
    ],
  };
  const [one, other] = await Promise.all([wasm, reference].map((backend) => run(few, { backend })));
  const counts = (result: typeof one) => {
    const [own] = result.observables;
    if (own.type !== "dwell") throw new Error("a dwell expected");
    return own.upCounts.reduce((sum, n) => sum + n, 0) + own.downCounts.reduce((sum, n) => sum + n, 0);
  };
  expect(counts(one)).toBeGreaterThan(50);
  expect(Math.abs(counts(one) / counts(other) - 1)).toBeLessThan(0.5);
  const [own, short] = exactMeans(one);
  expect(own.up).toBeNull();
  expect(own.reason).toMatch(
    /means of dwells with a minimum are computed only if dynamics and thresholds share an axis/,
  );
  expect(short.up).toBeNull();
  const blurred = one.observables[1];
  if (blurred.type !== "dwell") throw new Error("a dwell expected");
  expect(blurred.up).toBeNull();
  expect(blurred.reason).toContain("minimum is only 2 steps");
});
