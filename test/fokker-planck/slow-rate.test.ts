import { describe, expect, it } from "vitest";
import { add, mul } from "../../src/expression/expression.ts";
import { demand } from "../../src/fokker-planck/index.ts";
import { slowestRateAtEquilibrium } from "../../src/fokker-planck/slow-rate.ts";
import { dynamicsOf, mx, uniaxial } from "./macrospins.ts";

/** At a barrier of so many kT, 2 % of the anisotropy field across the easy axis. */
const rateAt = (delta: number, lmax: number) => {
  const energy = add(uniaxial(), mul(-0.04, mx));
  const dynamics = dynamicsOf({ delta, alpha: 0.1, energy });
  const found = slowestRateAtEquilibrium(dynamics, { degree: 2, span: 1.04 * delta }, lmax);
  return { rate: demand(found), error: found.errorEstimate ?? 0 };
};

describe("the slowest rate as an integral of squares", () => {
  it("knows what too few harmonics leave of it", () => {
    const [coarse, fine] = [rateAt(40, 49), rateAt(40, 60)];
    const off = Math.abs(coarse.rate / fine.rate - 1);
    expect(off).toBeGreaterThan(1e-5);
    expect(off).toBeLessThan(coarse.error);
    expect(fine.error).toBeLessThan(1e-6);
  });

  it("knows what rounding leaves of it at 60 kT, where more harmonics do not help", () => {
    const found = [70, 76, 80].map((lmax) => rateAt(60, lmax));
    for (const a of found)
      for (const b of found) expect(Math.abs(a.rate / b.rate - 1)).toBeLessThanOrEqual(a.error + b.error);
    expect(found[0].error).toBeLessThan(1e-2);
  });
});
