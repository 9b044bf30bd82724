import { describe, expect, it } from "vitest";
import { add, mul, square } from "../../src/expression/expression.ts";
import { solveDeepWell } from "../../src/fokker-planck/deep-well/deep-well.ts";
import type { FokkerPlanckSolution } from "../../src/fokker-planck/index.ts";
import {
  autocorrelation,
  demand,
  outOfReach,
  powerSpectrum,
  solveFokkerPlanck,
  solveFullSphere,
} from "../../src/fokker-planck/index.ts";
import { evenEdges } from "../../src/physics/binning.ts";
import { dynamicsOf, mx, my, mz, uniaxial, zeeman } from "./macrospins.ts";

const none = () => outOfReach<FokkerPlanckSolution>("there is no other");
const angle = Math.PI / 3;
const field = (h: number) => zeeman([h * Math.sin(angle), 0, h * Math.cos(angle)]);
/** A uniaxial magnet in a strong field at 60° from its axis. */
const saturated = (delta: number, alpha = 0.2, h = 2) =>
  dynamicsOf({ delta, alpha, energy: add(uniaxial(), field(h)) });
const deepWell = (dynamics: ReturnType<typeof dynamicsOf>) => {
  const found = solveDeepWell(dynamics, { whole: none });
  if (!found) throw new Error("it is not solved as a deep well");
  return found;
};

/** Where the field and the anisotropy balance, and the curvatures of e there, by the torque's zero and hand-made derivatives. */
function bottomOf(h: number): { theta: number; along: number; across: number } {
  let [low, high] = [0, angle];
  for (let i = 0; i < 60; i++) {
    const t = (low + high) / 2;
    if (Math.sin(2 * t) + 2 * h * Math.sin(t - angle) < 0) low = t;
    else high = t;
  }
  const pull = 2 * h * Math.cos(low - angle);
  return { theta: low, along: 2 * Math.cos(2 * low) + pull, across: 2 * Math.cos(low) ** 2 + pull };
}

describe("a deep well off the axis", () => {
  const shallow = saturated(100, 0.3);
  const well = deepWell(shallow);
  const sphere = demand(solveFullSphere(shallow, {}));

  it("has the moments and rates of harmonics", () => {
    const [a, b] = [well, sphere].map((solution) => demand(solution.stationary()));
    [...a.m, ...a.mm].forEach((x, i) => expect(x).toBeCloseTo([...b.m, ...b.mm][i], 9));
    expect(a.mean(mul(mx, square(mz)))).toBeCloseTo(b.mean(mul(mx, square(mz))), 9);
    const places = [[Math.sin(0.8), 0, Math.cos(0.8)]] as const;
    for (const m of places) expect(a.at(m) / b.at(m)).toBeCloseTo(1, 6);
  });

  it("has the spectrum and the correlations of harmonics", () => {
    const frequencies = [0.02, 0.3, 0.7];
    const [a, b] = [well, sphere].map((s) => demand(powerSpectrum(s, my, frequencies)).oneSidedPower);
    a.forEach((power, i) => expect(power / b[i]).toBeCloseTo(1, 5));
    const [p, q] = [well, sphere].map((s) => demand(autocorrelation(s, mx, [0, 0.4, 3])));
    p.covariance.forEach((x, i) => expect(Math.abs(x - q.covariance[i])).toBeLessThan(1e-6 * q.variance));
    expect(p.correlationTime / q.correlationTime).toBeCloseTo(1, 5);
  });

  it("has the probabilities of harmonics in bins beside its bottom, around it and across it", () => {
    const [a, b] = [well, sphere].map((solution) => demand(solution.stationary()));
    const theta = bottomOf(2).theta;
    for (const axis of [
      [0, 1, 0],
      [0, 0, 1],
      [Math.sin(theta), 0, Math.cos(theta)],
    ] as const) {
      const binning = { kind: "projection", axis, edges: evenEdges(-1, 1, 25) } as const;
      const [p, q] = [a, b].map((density) => density.probabilities(binning));
      const error = (p.errorEstimate ?? 0) + 1e-7;
      expect(error).toBeLessThan(1e-3);
      demand(p).forEach((x, i) => expect(Math.abs(x - demand(q)[i])).toBeLessThan(error));
    }
  });

  it("evolves from the state of another field as in harmonics", () => {
    const initial = { energyOverKT: mul(100, add(uniaxial(), field(2.05))) } as const;
    const [a, b] = [well, sphere].map((solution) => demand(solution.evolve(initial, [0, 0.5, 2])));
    a.forEach((density, i) => density.m.forEach((x, j) => expect(x).toBeCloseTo(b[i].m[j], 6)));
  });
});

describe("the modes of a deep well", () => {
  it.each([0.02, 0.5])(
    "turn and decay as linear response has it, but for the inverse of the depth, α = %f",
    (alpha) => {
      const { along, across } = bottomOf(2);
      // u' = −½(α c₁ u + c₂ v), v' = ½(c₁ u − α c₂ v)
      const decay = (alpha * (along + across)) / 4;
      const turn = Math.sqrt(along * across - (alpha * (along - across)) ** 2 / 4) / 2;
      const differences = [1, 4, 16].map((deeper) => {
        const delta = (deeper * 250) / alpha;
        const [, mode] = demand(deepWell(saturated(delta, alpha)).eigenvalues(3));
        return [mode.re / decay - 1, Math.abs(mode.im) / turn - 1];
      });
      for (const k of [0, 1]) {
        expect(Math.abs(differences[2][k])).toBeLessThan(1e-3);
        expect(differences[0][k] / differences[1][k]).toBeCloseTo(4, 1);
        expect(differences[1][k] / differences[2][k]).toBeCloseTo(4, 1);
      }
    },
  );

  it("turn with the laboratory", () => {
    const energy = add(mul(-1, square(mx)), mul(20, square(mz)), zeeman([1.8, 0.3, 0.2]));
    const turned = add(mul(-1, square(my)), mul(20, square(mx)), zeeman([0.2, 1.8, 0.3]));
    const [a, b] = [energy, turned].map((energy) =>
      deepWell(dynamicsOf({ delta: 500, alpha: 0.01, energy })),
    );
    const [p, q] = [a, b].map((solution) => demand(solution.eigenvalues(6)));
    p.forEach(({ re }, i) => expect(re).toBeCloseTo(q[i].re, 9));
    expect(demand(a.stationary()).m[0]).toBeCloseTo(demand(b.stationary()).m[1], 12);
  });
});

describe("what is solved as a deep well", () => {
  it("is whatever has one minimum only, however deep", () => {
    const found = demand(solveFokkerPlanck(saturated(1e6)));
    expect(found.method).toBe("deep well");
    expect(demand(found.stationary()).m[0]).toBeCloseTo(Math.sin(bottomOf(2).theta), 5);
    const two = dynamicsOf({ delta: 500, alpha: 0.1, energy: add(uniaxial(), field(0.3)) });
    expect(solveDeepWell(two, { whole: none })).toBeUndefined();
    const shallow = saturated(20);
    expect(solveDeepWell(shallow, { whole: none })).toBeUndefined();
  });

  it("has no word for a start elsewhere", () => {
    const away = { direction: [0, 0, -1] } as const;
    expect(deepWell(saturated(1000)).evolve(away, [1]).reason).toMatch(/there is no other/);
  });
});
