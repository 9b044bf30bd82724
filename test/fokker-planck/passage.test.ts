import { describe, expect, it } from "vitest";
import { add, constant } from "../../src/expression/expression.ts";
import {
  demand,
  dwellTimes,
  firstPassage,
  shiftedRim,
  solveFokkerPlanck,
} from "../../src/fokker-planck/index.ts";
import { driven, dynamicsOf, uniaxial, zeeman } from "./macrospins.ts";

const free = { psi: constant(0), omega: constant(0), diffusion: constant(1) };
const up = { direction: [0, 0, 1] } as const;
const toSouth = { axis: [0, 0, 1], from: -0.5, to: 1 } as const;

/** Both figures of a passage that has both. */
const known = ({ mean, survival }: ReturnType<typeof firstPassage>) => ({
  mean: demand(mean),
  survival: demand(survival),
});

/** ∫∫ in the plain form of the double quadrature, midpoint rule with n² cells; error about 1/n². */
function meanFromPole(delta: number, diffusion: number, rim: number): number {
  const n = 20000;
  const width = (1 - rim) / n;
  let [beyond, sum] = [0, 0];
  for (let i = n - 1; i >= 0; i--) {
    const y = rim + (i + 0.5) * width;
    const p = Math.exp(delta * y * y);
    sum += ((beyond + (p * width) / 2) / (diffusion * (1 - y * y) * p)) * width;
    beyond += p * width;
  }
  return sum;
}

describe("first passage", () => {
  it("of free diffusion from the pole takes ln(2/(1+z))/D", () => {
    expect(demand(firstPassage(free, toSouth, up).mean)).toBeCloseTo(Math.log(4), 12);
  });

  it("of free diffusion out of a belt takes (ln(1−z²) − ln(1−c²))/2D from z, rims at ±c", () => {
    const belt = { axis: [1, 0, 0], from: -0.5, to: 0.5 } as const;
    const start = { direction: [0.3, 0, Math.sqrt(0.91)] } as const;
    expect(demand(firstPassage(free, belt, start).mean)).toBeCloseTo(
      (Math.log(0.91) - Math.log(0.75)) / 2,
      12,
    );
  });

  it("over a barrier agrees with the plain double sum, and the integral of survival is the mean", () => {
    const dynamics = dynamicsOf({ delta: 3, alpha: 0.2, energy: uniaxial() });
    const diffusion = 0.2 / 6;
    const times = Array.from({ length: 4001 }, (_, i) => i);
    const passage = known(firstPassage(dynamics, toSouth, up, times));
    expect(passage.mean / meanFromPole(3, diffusion, -0.5)).toBeCloseTo(1, 6);
    // Simpson's rule; what is left after t = 4000 is below 1e-12
    const integral = passage.survival.reduce(
      (sum, s, i) => sum + (s * (i === 0 || i === 4000 ? 1 : i % 2 === 1 ? 4 : 2)) / 3,
      0,
    );
    // the plateau before the first passages is not smooth on the scale of a step
    expect(integral / passage.mean).toBeCloseTo(1, 3);
  });

  it("keeps its digits at 40 kT: ratio to the half rate of the barrier", () => {
    const dynamics = dynamicsOf({ delta: 40, alpha: 0.1, energy: uniaxial() });
    const rate = demand(demand(solveFokkerPlanck(dynamics)).slowestRate);
    // half of λ₁ leaves each well; a spin at −0.5 still returns with probability near erfc(√40/2) = 8e-6
    expect(demand(firstPassage(dynamics, toSouth, up).mean) * rate).toBeCloseTo(2, 4);
  });

  it("on the full sphere goes over into the axial one for a vanishing oblique field", () => {
    const spin = { delta: 5, alpha: 0.1, energy: uniaxial() };
    const axial = known(firstPassage(dynamicsOf(spin), toSouth, up, [10, 100]));
    const full = known(
      firstPassage(
        dynamicsOf({ ...spin, energy: add(uniaxial(), zeeman([1e-8, 0, 0])) }),
        toSouth,
        up,
        [10, 100],
      ),
    );
    expect(full.mean / axial.mean).toBeCloseTo(1, 6);
    expect(full.survival[1]).toBeCloseTo(axial.survival[1], 7);
  });

  it("counts spins that start outside as passed at once, and moves rims that are watched in steps", () => {
    expect(
      demand(firstPassage(dynamicsOf(driven), toSouth, { isotropic: true }, [0]).survival)[0],
    ).toBeCloseTo(0.75, 10);
    const below = { direction: [0, 0, -1] } as const;
    expect(known(firstPassage(free, toSouth, below, [1]))).toMatchObject({ mean: 0, survival: [0] });
    const moved = shiftedRim(-0.5, -1, 1, 1e-4);
    expect(moved).toBeCloseTo(-0.5 - 0.5826 * Math.sqrt(2 * 0.75 * 1e-4), 6);
    const watched = firstPassage(free, toSouth, up, [], { watchedEvery: 1e-4 });
    expect(demand(watched.mean)).toBeCloseTo(Math.log(2 / (1 + moved)), 12);
  });

  it("is as fine early as is cheap, however little is asked", () => {
    const dynamics = dynamicsOf({ delta: 3, alpha: 0.2, energy: uniaxial() });
    const above = { axis: [0, 0, 1], from: -0.05, to: 1 } as const;
    const start = { direction: [Math.sqrt(1 - 0.05 ** 2), 0, 0.05] } as const;
    const asked = (tolerance: number) =>
      firstPassage(dynamics, above, start, [0.0047, 0.0141, 0.1, 200], { tolerance }).survival;
    const { errorEstimate = 1, value: survival } = asked(1e-4);
    if (!survival) throw new Error("no survival");
    expect(errorEstimate).toBeLessThan(2e-6);
    // the rim is 5.6 standard deviations away
    expect(Math.abs(survival[0] - 1)).toBeLessThan(2e-6);
    demand(asked(1e-7)).forEach((value, i) => {
      expect(Math.abs(survival[i] - value)).toBeLessThan(errorEstimate);
    });
  });
});

describe("dwell times with two thresholds", () => {
  const thresholds = { axis: [0, 0, 1], up: 0.5, down: -0.5 } as const;

  it("are 1/λ-like only at high barriers: mean × λ₁ tends to 2 for a symmetric magnet", () => {
    const at = (delta: number) => {
      const solution = demand(solveFokkerPlanck(dynamicsOf({ delta, alpha: 0.1, energy: uniaxial() })));
      const dwell = demand(dwellTimes(solution, thresholds));
      expect(dwell.occupationUp).toBeCloseTo(0.5, 12);
      return demand(dwell.up) * demand(solution.slowestRate);
    };
    // the barrier's resistance beyond the thresholds, erfc(√40/2) of it on either side, is missing
    expect(at(40)).toBeCloseTo(2, 4);
    expect(Math.abs(at(3) - 2)).toBeGreaterThan(0.1);
  });

  it("agree between the belt problem and the double quadrature to nine digits", () => {
    const spin = { delta: 3, alpha: 0.1, energy: add(uniaxial(), zeeman([0, 0, 0.05])) };
    const tilted = { ...spin, energy: add(spin.energy, zeeman([1e-8, 0, 0])) };
    const [axial, full] = [spin, tilted].map((s) =>
      demand(dwellTimes(demand(solveFokkerPlanck(dynamicsOf(s))), thresholds)),
    );
    expect(demand(full.up) / demand(axial.up)).toBeCloseTo(1, 9);
    expect(demand(full.down) / demand(axial.down)).toBeCloseTo(1, 9);
  });

  it("of a driven magnet exchange when the axis is turned over", () => {
    const solution = demand(solveFokkerPlanck(dynamicsOf(driven)));
    const a = demand(dwellTimes(solution, { axis: [0, 0, 1], up: 0.4, down: -0.5 }));
    const b = demand(dwellTimes(solution, { axis: [0, 0, -1], up: 0.5, down: -0.4 }));
    expect(demand(a.up) / demand(b.down)).toBeCloseTo(1, 8);
    expect(demand(a.down) / demand(b.up)).toBeCloseTo(1, 8);
  });

  it("lie between the occupations of the two certain regions", () => {
    const solution = demand(solveFokkerPlanck(dynamicsOf(driven)));
    const { occupationUp } = demand(dwellTimes(solution, thresholds));
    const [below, above] = demand(
      demand(solution.stationary()).probabilities({
        kind: "projection",
        axis: [0, 0, 1],
        edges: [-0.5, 0.5, 1],
      }),
    );
    expect(occupationUp).toBeGreaterThan(above);
    expect(occupationUp).toBeLessThan(above + below);
  });
});
