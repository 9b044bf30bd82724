import { expect, it } from "vitest";
import { add } from "../../src/expression/expression.ts";
import { averagedAutocorrelation } from "../../src/fokker-planck/averaged-autocorrelation.ts";
import { demand, exactly, outOfReach } from "../../src/fokker-planck/exact.ts";
import { firstPassage, passageOutOf } from "../../src/fokker-planck/first-passage.ts";
import { withLastingVisits } from "../../src/fokker-planck/lasting-visits.ts";
import type { Prediction } from "../../src/fokker-planck/predict.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { predictPassage } from "../../src/fokker-planck/switching.ts";
import { fokkerPlanck } from "../../src/library.ts";
import { dwellFigures } from "../../src/observables/dwell/figure.ts";
import { firstPassage as passages } from "../../src/observables/first-passage/index.ts";
import type { PlannedPassage } from "../../src/observables/first-passage/spec.ts";
import { readProblem } from "../../src/run/run.ts";
import { dynamicsOf, mz, uniaxial, zeeman } from "./macrospins.ts";

/* One exact figure that is out of reach takes no other with it. */

it("a survival that would take too long leaves the mean of an oblique magnet", () => {
  const dynamics = dynamicsOf({ delta: 1, alpha: 0.3, energy: add(uniaxial(), zeeman([0.2, 0, 0])) });
  const setting = {
    dynamics,
    diffusion: 0.15,
    band: { from: 0, to: 1 },
    axial: false,
    tolerance: 1e-4,
  };
  const start = { direction: [0, 0, 1] } as const;
  const { mean, survival } = passageOutOf(setting, start, [1], 1e-9);
  expect(survival.reason).toMatch(/^survival would take about \d+ s/);
  const whole = firstPassage(dynamics, { axis: [0, 0, 1], from: 0, to: 1 }, start, [1]);
  expect(demand(mean) / demand(whole.mean)).toBeCloseTo(1, 4);
  expect(mean.errorEstimate).toBeLessThan(1e-3);
  expect(demand(whole.survival)[0]).toBeGreaterThan(0.5);
});

it("a kink that harmonics do not resolve leaves the mean by quadrature", () => {
  const { fokkerPlanck: exact } = fokkerPlanck({
    magnet: { delta: 3, alpha: 0.2 },
    energies: [{ type: "expression", density: "-abs(mz)" }],
    initial: { type: "direction", m: [0, 0, 1] },
    ensemble: 100,
    time: { duration: 10 },
    observables: [{ type: "firstPassage", until: "mz < -0.3" }],
  });
  // ∫ dy e^W/(D(1−y²)) ∫_y^1 e^−W, W = −3|y|, by midpoints
  const [n, rim, diffusion] = [40_000, -0.3, 0.2 / 6];
  let [beyond, mean] = [0, 0];
  for (let i = n - 1; i >= 0; i--) {
    const width = (1 - rim) / n;
    const y = rim + (i + 0.5) * width;
    const p = Math.exp(3 * Math.abs(y));
    mean += ((beyond + (p * width) / 2) / (diffusion * (1 - y * y) * p)) * width;
    beyond += p * width;
  }
  const passage = exact?.firstPassage;
  expect((passage?.mean ?? 0) / mean).toBeCloseTo(1, 5);
  expect(passage?.reason).toBeUndefined();
  expect(passage).toMatchObject({ survival: null, quantiles: null, restrictedMean: null });
  expect(passage?.survivalReason).toMatch(/not resolved by harmonics/);
});

const passage = (Ku1: object | number) => ({
  magnet: { delta: 2, alpha: 0.3 },
  energies: [{ type: "uniaxial", Ku1 }],
  initial: { type: "direction", m: [0, 0, 1] },
  ensemble: 100,
  time: { duration: 20 },
  observables: [{ type: "firstPassage", until: "mz < 0" }],
});

it("a survival whose average over spreads is refused leaves the mean, and the other way round", () => {
  const problem = readProblem(passage({ mean: 1, deviation: 0.1, distribution: "normal" }));
  const { until } = problem.observables[0] as PlannedPassage;
  const prediction = demand(predict(problem));
  const without = (refused: string): Prediction => ({
    ...prediction,
    average: (what, ...rest) =>
      what === refused ? outOfReach("why not") : prediction.average(what, ...rest),
  });
  const mean = demand(predictPassage(problem, without("survival"), until, [5]));
  const survival = demand(predictPassage(problem, without("mean passage"), until, [5]));
  expect([mean.survival.reason, survival.mean.reason]).toEqual(["why not", "why not"]);
  const whole = demand(predictPassage(problem, prediction, until, [5]));
  expect(mean.mean.value).toBe(demand(whole.mean));
  expect(survival.survival.value).toEqual(demand(whole.survival));
});

it("what is taken from a survival says why it is missing, beside a mean and its place in the verdict", () => {
  const problem = readProblem(passage(1));
  const planned = problem.observables[0] as PlannedPassage;
  const prediction = demand(predict(problem));
  const known = exactly({ mean: exactly(7, 1e-5), survival: outOfReach<number[]>("why not") });
  const figures = passages.exactFigures?.(known, problem, prediction);
  expect(figures).toMatchObject({ mean: 7, survival: null, errorEstimate: 1e-5, survivalReason: "why not" });
  expect(figures?.reason).toBeUndefined();
  expect(figures && passages.missing?.([figures], [])).toEqual([["survival", "why not"]]);
  expect(figures && passages.exactLines?.(figures, "s", true)).toEqual([
    ["first passage", "mean 7 s; no survival: why not"],
  ]);
  const counted = { counts: [100], passed: 100, censored: 0, sum: 50, sumOfSquares: 30 };
  const observed = { type: "firstPassage", name: planned.name, passage: counted } as never;
  const tests = passages.compare?.(observed, { problem, prediction, planned, known } as never) ?? [];
  // the mean has no law to be tested by, and its place says so
  expect(tests.map(({ pValue, reason }) => [pValue, reason])).toEqual([
    [null, "why not"],
    [null, "its law is not known: why not"],
  ]);
});

it("a law of dwells is lost on one side alone", () => {
  const counts = [0, 10, 20, 10];
  const side = { mean: 2, count: 40, meanStandardError: 0.1, rate: 0.5, rateStandardError: 0.1 };
  const dwell = {
    name: "dwell",
    edges: [1, 2, 4, 8, 16],
    countedTime: 100,
    up: side,
    down: side,
    upCounts: counts,
    downCounts: counts,
  };
  const survival = { times: [1, 2, 4, 8, 16], up: [1, 0.9, 0.6, 0.2, 0], down: null, errorEstimate: 0 };
  const own = { survival, survivalReason: "down: why not" };
  const [figure] = dwellFigures(dwell as never, own as never, "s");
  expect(figure.data.map(({ name }) => name)).toEqual(["up", "up, exact", "down", "down, exponential law"]);
  expect(figure.caption).toContain("no exact one: down: why not");
  const known = {
    up: exactly(2, 0),
    down: exactly(2, 0),
    occupationUp: 0.5,
    parts: { rate: { value: 0.25, error: 0 }, up: { value: 0.5, error: 0 }, down: { value: 0.5, error: 0 } },
    errorEstimate: 0,
  };
  const law = exactly({ up: exactly([1]), down: outOfReach<number[]>("why not") });
  expect(withLastingVisits(known, () => law, 1).reason).toMatch(/why not$/);
});

const free = (duration: number, alpha: object | number = 0.2) => ({
  magnet: { delta: 1, alpha },
  energies: [{ type: "zeeman", B_ext: [0, 0, 0] }],
  initial: { type: "boltzmann" },
  ensemble: 100,
  time: { duration, step: 0.1 },
  observables: [{ type: "spectrum", of: "mz", sampleEvery: 1 }],
});

it("too few samples for a spectrum leave variance and correlation time", () => {
  const { fokkerPlanck: exact } = fokkerPlanck(free(5) as never);
  const { spectrum } = exact ?? {};
  expect(spectrum).toMatchObject({ frequencies: [], oneSidedPower: [], autocorrelation: null });
  expect(spectrum?.powerReason).toBe("there are too few samples for a spectrum");
  expect(spectrum?.variance).toBeCloseTo(1 / 3, 9);
  // free diffusion, D = α/2
  expect(spectrum?.correlationTime).toBeCloseTo(1 / 0.2, 6);
});

it("a correlation time whose average does not settle leaves the spectrum", () => {
  const found = demand(
    predict(readProblem(free(40, { mean: 0.2, deviation: 0.02, distribution: "normal" }))),
  );
  const average: Prediction["average"] = (...how) => {
    const whole = found.average(...how);
    if (!whole.value) return whole;
    const errors = whole.value.errors.map((e, i) => (i === 2 ? 0.5 : e));
    return exactly({ ...whole.value, errors });
  };
  const { covariance, correlationTime, correlationTimeReason } = demand(
    averagedAutocorrelation({ ...found, average }, mz, [0, 1]),
  );
  expect(correlationTime).toBeNull();
  expect(correlationTimeReason).toBe("its average over the spreads is not settled");
  expect(covariance[0]).toBeCloseTo(1 / 3, 6);
});
