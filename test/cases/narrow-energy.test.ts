import { describe, expect, it } from "vitest";
import { constant, mul } from "../../src/expression/expression.ts";
import { parse } from "../../src/expression/parse.ts";
import { axialProfile } from "../../src/fokker-planck/axial-profile.ts";
import { expansionDegree } from "../../src/fokker-planck/degree.ts";
import { stationaryEntropyProduction } from "../../src/fokker-planck/entropy-production.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { laboratory } from "../../src/fokker-planck/frame.ts";
import { alongAxis } from "../../src/fokker-planck/meridian.ts";
import { solveFokkerPlanck } from "../../src/fokker-planck/solve.ts";
import { tailProbability } from "../../src/fokker-planck/tail-probability.ts";

/** Ψ = αe/2, Ω = e/2, D = α/(2Δ) with e in K. */
const magnet = (energy: string, delta = 3, alpha = 0.2) => {
  const e = parse(energy);
  return { psi: mul(alpha / 2, e), omega: mul(0.5, e), diffusion: constant(alpha / (2 * delta)) };
};
const barrier = "-mz^2 + 3*exp(-((mz - 0.3137)/0.002)^2)";
const north = { direction: [0, 0, 1] } as const;

/** An upper bound of the slowest rate, close at barriers: Rayleigh's quotient of ∫e^W/(1−z²) by a million midpoints. */
function rayleigh(W: (z: number) => number, diffusion: number): number {
  const n = 1_000_000;
  let [f, flux, mass, mean, square] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const z = -1 + (2 * i + 1) / n;
    const slope = Math.abs(z) < 0.9 ? Math.exp(W(z)) / (1 - z * z) : 0;
    f += (slope * 2) / n;
    flux += (slope * 2) / n;
    const weight = Math.exp(-W(z));
    mass += weight;
    mean += weight * f;
    square += weight * f * f;
  }
  return (diffusion * flux) / (((square - (mean * mean) / mass) * 2) / n);
}

describe("a typed energy narrower than any grid", () => {
  it("is refused by all that harmonics have to resolve, and kept by quadratures", () => {
    const dynamics = magnet(barrier);
    const solution = demand(solveFokkerPlanck(dynamics));
    const reason = /not resolved by spherical harmonics/;
    expect(solution.evolve(north, [50]).reason).toMatch(reason);
    expect(solution.eigenvalues(4).reason).toMatch(reason);
    const account = { energyOverKT: mul(3, parse(barrier)), alpha: constant(0.2) };
    expect(stationaryEntropyProduction(solution, account).reason).toMatch(reason);
    expect(solution.converged).toBe(false);
    const W = (z: number) => 3 * (-z * z + 3 * Math.exp(-(((z - 0.3137) / 0.002) ** 2)));
    expect(solution.eigenvalues(4).reason).toContain("features that are too narrow");
    const share = demand(solution.slowestRate) / rayleigh(W, 0.2 / 6);
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(1.0001);
  });

  it("is refused in words of the file where it has a kink", () => {
    const { reason } = solveFokkerPlanck(magnet("-max(abs(mz), mx)"));
    expect(reason).toMatch(/^the relaxation potential Ψ .* kink or a jump \(max, abs\)/);
  });

  it.each([
    ["-abs(mz - 0.2)", / \(abs\) at mz = 0\.2;/],
    ["-max(-0.5, -(0.6*mx + 0.8*mz)^2)", / \(max\) at m·\(0\.6, 0, 0\.8\) = -0\.707107, 0\.707107;/],
  ])("is refused with the place of its kink about an axis: %s", (energy, place) => {
    const { slowestRate, evolve } = demand(solveFokkerPlanck(magnet(energy)));
    expect(slowestRate.value).toBeGreaterThan(0);
    expect(evolve({ direction: [0, 0, 1] }, [1]).reason).toMatch(place);
  });

  it.each([0.31372, -0.777123, 0.98765])(
    "is met by quadratures wherever it is: a spike of 1e-4 at %d",
    (z) => {
      const spike = (width: number) => `-mz^2 + 4*exp(-((mz - (${z}))/${width})^2)`;
      const profile = axialProfile(alongAxis(laboratory, mul(3, parse(spike(1e-4)))));
      const highest = profile.exponent.reduce((a, b) => Math.max(a, b));
      expect(highest).toBeGreaterThan(11);
      expect(expansionDegree(parse(spike(1e-4)), 120)).toBeUndefined();
    },
  );

  it("is met by the chain of cells that keeps small probabilities", () => {
    // at once behind the barrier: what has crossed by then is far less than without it
    const crossed = (energy: string) =>
      demand(tailProbability(magnet(energy, 3, 1), laboratory, north, [0.05], { threshold: 0.8 })).below[0]
        .value;
    const wall = "-mz^2 + 5*exp(-((mz - 0.9)/0.004)^2)";
    expect(crossed(wall) / crossed("-mz^2")).toBeLessThan(0.05);
  });

  it.each([
    "-mz^2 + 0.2*exp(-((0.6*mx + 0.8*my - 0.2345)/0.003)^2)",
    "exp(mx*my) + 0.1*exp(-((mx - 0.4)^2 + (my + 0.3)^2 + (mz + 0.866)^2)/1e-5)",
    "my + max(0, mx - 0.999)",
  ])("is refused on the whole sphere: %s", (energy) => {
    expect(solveFokkerPlanck(magnet(`${energy} + 0.1*mx*my`)).reason).toMatch(/not resolved/);
  });

  it("leaves smooth functions their degree", () => {
    expect(expansionDegree(parse("log1p(0.3*(0.6*mx + 0.8*mz))"), 60)).toBeLessThan(20);
    expect(expansionDegree(parse("exp(mx*my)"), 60)).toBeLessThan(24);
    expect(expansionDegree(parse("-mz^4 + mx"), 60)).toBe(4);
  });
});
