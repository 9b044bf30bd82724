import { describe, expect, it } from "vitest";
import { processorSeconds } from "../../src/cli/processor-seconds.ts";
import { add, mul, neg, square } from "../../src/expression/expression.ts";
import { demand } from "../../src/fokker-planck/index.ts";
import { solveFokkerPlanck } from "../../src/fokker-planck/solve.ts";
import { Interrupted, requireAffordable, spending } from "../../src/linear-algebra/interruption.ts";
import { dynamicsOf, mx, mz, uniaxial } from "./macrospins.ts";

/* What a figure would take is known before it is begun: a refusal costs little. */

describe("one elimination", () => {
  it("is not begun where even a third of its estimate is more than there is left", () => {
    const budget = { seconds: 2, spent: 1 };
    expect(() => spending(budget, () => requireAffordable(2.5))).not.toThrow();
    expect(() => spending(budget, () => requireAffordable(4))).toThrow(Interrupted);
    expect(() => spending({ seconds: 2, spent: 1 }, () => requireAffordable(4))).toThrow(
      /would take about 4 s, but only (1|0\.9\d*) of 2 s are left/,
    );
    expect(() => requireAffordable(1e9)).not.toThrow();
  });
});

describe("a slow mode", () => {
  it("that no degree resolves at low damping is not looked for, and the stationary state is known", () => {
    const [delta, alpha] = [150, 0.001];
    const energy = add(neg(square(mx)), mul(4, square(mz)));
    const began = processorSeconds();
    const film = demand(solveFokkerPlanck(dynamicsOf({ delta, alpha, energy })));
    expect(film.slowestRate.value).toBeNull();
    expect(film.slowestRate.reason).toMatch(/layers that need at least degree 43\d at this damping/);
    // around the bottoms: 1 − 1/2Δ − 1/10Δ, to order 1/Δ²
    const mxx = film.stationary().value?.mean(square(mx));
    expect(mxx).toBeCloseTo(1 - 0.6 / delta, 4);
    // four on an idle machine; the search for the mode would add many more
    expect(processorSeconds() - began).toBeLessThan(20);
  });

  it("at lower spans and higher damping is", () => {
    const energy = add(neg(square(mx)), mul(4, square(mz)));
    const { slowestRate } = demand(solveFokkerPlanck(dynamicsOf({ delta: 5, alpha: 0.1, energy })));
    expect(slowestRate.value).toBeGreaterThan(0);
  });

  it("whose integral of squares takes longer than there is, is refused with what it would take", () => {
    const energy = add(uniaxial(), mul(-0.04, mx));
    const dynamics = dynamicsOf({ delta: 60, alpha: 0.1, energy });
    const refused = demand(solveFokkerPlanck(dynamics, { seconds: 0.3 })).slowestRate;
    expect(refused.value).toBeNull();
    expect(refused.reason).toMatch(
      /would take about .* s and .* GB, and 0\.3 s .*under exact: would allow it/,
    );
    const known = demand(solveFokkerPlanck(dynamics)).slowestRate;
    expect(known.value).toBeGreaterThan(0);
  });
});
