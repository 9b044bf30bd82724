import { expect, it } from "vitest";
import { npz } from "../../src/cli/npz.ts";
import { add } from "../../src/expression/expression.ts";
import { reasonOfTimes } from "../../src/figures/reason-of-times.ts";
import { evolveUntilSettled } from "../../src/fokker-planck/adaptive-evolution.ts";
import { allOrNone, demand, exactly, outOfReach } from "../../src/fokker-planck/exact.ts";
import type { Vec3 } from "../../src/fokker-planck/frame.ts";
import { initialCoefficients } from "../../src/fokker-planck/initial.ts";
import { lazyDensity } from "../../src/fokker-planck/lazy-density.ts";
import { solveFokkerPlanck } from "../../src/fokker-planck/solve.ts";
import { lawOf } from "../../src/statistics/means-of-density.ts";
import { dynamicsOf, uniaxial, zeeman } from "./macrospins.ts";

/* A time that is not resolved takes no other with it. */

const dynamics = dynamicsOf({ delta: 15, alpha: 0.2, energy: add(uniaxial(), zeeman([0.2, 0, 0.1])) });
const initial = { direction: [0.6, 0, 0.8] } as const;
const times = [0.05, 0.1, 40];

it("densities soon after the start are given where later ones need higher degrees than there are", () => {
  const solution = demand(solveFokkerPlanck(dynamics));
  const whole = demand(solution.evolve(initial, times));
  const few = evolveUntilSettled({
    generator: (lmax) => solution.generator(lmax),
    initial: (index) => initialCoefficients(initial, index, solution.frame),
    frame: solution.frame,
    times,
    breakpoints: [],
    lmax: 8,
    maximumDegree: 12,
    tolerance: 1e-9,
  });
  const each = demand(few);
  expect(each.map(({ value }) => value !== null)).toEqual([true, true, false]);
  each.slice(0, 2).forEach(({ value, errorEstimate = 0 }, i) => {
    expect(errorEstimate).toBeLessThan(1e-5);
    expect(Math.abs((value?.m[2] ?? 0) - whole[i].m[2])).toBeLessThan(1e-5);
  });
  expect(each[2].reason).toBe("the evolution is not resolved by harmonics up to degree 12");
  expect(allOrNone(few).reason).toBe(each[2].reason);
});

it("an expansion that is not resolved is a reason where it is asked for, and takes no moments with it", () => {
  const axial = dynamicsOf({ delta: 3, alpha: 0.2, energy: uniaxial() });
  const [known] = demand(demand(solveFokkerPlanck(axial)).evolve(initial, [1]));
  const density = lazyDensity(known, () => outOfReach("why not"));
  expect(density.m).toEqual(known.m);
  const bins = (axis: Vec3) => density.probabilities({ kind: "projection", axis, edges: [-1, 0, 1] });
  expect(bins([0, 0, 1])).toEqual(
    known.probabilities({ kind: "projection", axis: [0, 0, 1], edges: [-1, 0, 1] }),
  );
  expect(bins([1, 0, 0]).reason).toBe("why not");
  expect(lawOf(density, (x) => [x]).reason).toBe("why not");
});

it("the reason names the times that it is of", () => {
  const lost = outOfReach<number>("why not");
  expect(reasonOfTimes([exactly(1), exactly(2)], [1, 2], "s")).toBeUndefined();
  expect(reasonOfTimes([lost, exactly(2)], [1, 2], "s")).toBe("at 1 s: why not");
  expect(reasonOfTimes([lost, lost, exactly(2)], [1, 2, 3], "s")).toBe("at 2 of 3 times, 1 to 2 s: why not");
  expect(reasonOfTimes([lost, lost], [1, 2], "s")).toBe("why not");
});

it("arrays with a missing row are kept", () => {
  const probabilities = [null, [0.25, 0.75]];
  const whole = npz({ observables: [{ name: "a", probabilities }], fokkerPlanck: null } as never);
  const without = npz({ observables: [{ name: "a" }], fokkerPlanck: null } as never);
  expect(whole.length).toBeGreaterThan(without.length + 64);
});
