import { expect, it } from "vitest";
import { add, mul, square } from "../../src/expression/expression.ts";
import { autocorrelation } from "../../src/fokker-planck/autocorrelation.ts";
import { averagedAutocorrelation } from "../../src/fokker-planck/averaged-autocorrelation.ts";
import { demand, outOfReach } from "../../src/fokker-planck/exact.ts";
import { solveFokkerPlanck } from "../../src/fokker-planck/index.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import type { NodeFigures } from "../../src/fokker-planck/spread-interpolant.ts";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { dynamicsOf, mx, mz, uniaxial } from "./macrospins.ts";

const width = 0.2 * Math.sqrt(3);
const uniform = (mean: number) => ({ mean, deviation: 0.2, distribution: "uniform" });
/** Free spins, D = α/2 at Δ = 1, in a field along z. */
function prediction(alpha: unknown, field: unknown) {
  const checked = checkExperiment({
    magnet: { delta: 1, alpha },
    energies: [{ type: "zeeman", B_ext: [0, 0, field] }],
    initial: { type: "boltzmann" },
    ensemble: 10,
    time: { duration: 10 },
    observables: [{ type: "moments" }],
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return demand(predict(reduce(checked.experiment)));
}
const { nodes, weights } = gaussLegendre(24);
/** Mean over a uniform law about `mean`. */
const over = (mean: number, f: (x: number) => number): number =>
  nodes.reduce((sum, x, i) => sum + (weights[i] / 2) * f(mean + width * x), 0);

it("the spectrum of free spins of different damping is the mean of exp(−2Dt)/3", () => {
  const lags = [0, 0.5, 2, 5];
  const found = demand(averagedAutocorrelation(prediction(uniform(0.5), 0), mz, lags));
  lags.forEach((lag, i) => {
    const exact = over(0.5, (alpha) => Math.exp(-alpha * lag) / 3);
    expect(found.covariance[i]).toBeCloseTo(exact, 6);
  });
  expect(found.mean).toBeCloseTo(0, 9);
  expect(found.correlationTime).toBeCloseTo(
    over(0.5, (alpha) => 1 / alpha),
    4,
  );
});

it("spins of different means have a variance between them that stays at all lags", () => {
  // Langevin's function of 2Δh, its square, and 1 − 2L/x − L² of each spin
  const langevin = (x: number): number => 1 / Math.tanh(x) - 1 / x;
  const found = demand(averagedAutocorrelation(prediction(0.5, uniform(1)), mz, [0, 200]));
  const mean = over(1, (h) => langevin(2 * h));
  const between = over(1, (h) => langevin(2 * h) ** 2) - mean ** 2;
  const within = over(1, (h) => 1 - (2 * langevin(2 * h)) / (2 * h) - langevin(2 * h) ** 2);
  expect(found.mean).toBeCloseTo(mean, 6);
  expect(found.variance).toBeCloseTo(within + between, 6);
  expect(found.covariance[0]).toBeCloseTo(within + between, 6);
  expect(found.covariance[1]).toBeCloseTo(between, 6);
  expect(found.correlationTime).toBeNull();
});

it("errors of a spectrum cover what a coarse resolution misses, and are part of the average's", () => {
  const film = dynamicsOf({ delta: 3, alpha: 0.1, energy: add(uniaxial([1, 0, 0]), mul(2, square(mz))) });
  const lags = [0, 1, 5, 20];
  const [coarse, fine] = [14, 30].map((maximumDegree) =>
    autocorrelation(demand(solveFokkerPlanck(film, { maximumDegree })), mx, lags),
  );
  const [rough, right] = [demand(coarse), demand(fine)];
  const off = Math.abs(rough.correlationTime / right.correlationTime - 1);
  expect(off).toBeGreaterThan(1e-4);
  expect(rough.errors.correlationTime / rough.correlationTime).toBeGreaterThan(off);
  lags.forEach((_, i) => {
    const missed = Math.abs(rough.covariance[i] - right.covariance[i]);
    expect(missed).toBeLessThanOrEqual(rough.errors.covariance[i] + 1e-9);
  });
  expect(coarse.errorEstimate).toBeGreaterThan(100 * (fine.errorEstimate ?? 0));

  // an average over spreads hears the errors of each solution
  const found = prediction(uniform(0.5), 0);
  let heard: NodeFigures | undefined;
  const average: typeof found.average = (_what, figuresOf) => {
    heard = figuresOf(found.typical);
    return outOfReach("enough is known");
  };
  averagedAutocorrelation({ ...found, average }, mz, lags);
  expect(heard && "errors" in heard && heard.errors.length).toBe(4 + lags.length);
});
