import { describe, expect, it } from "vitest";
import { add, cos, mul, variable } from "../../src/expression/expression.ts";
import { drivenSectors } from "../../src/fokker-planck/driven-sectors.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { generator, separateDynamics } from "../../src/fokker-planck/generator.ts";
import { mirrorSigns } from "../../src/fokker-planck/mirror-signs.ts";
import { multiply, SparseRows } from "../../src/linear-algebra/sparse.ts";
import { dynamicsOf, mx, mz, uniaxial } from "./macrospins.ts";

const gamma = 0.7;

/** A particle whose easy axis is oblique to a field cos 2πt along z, beside a constant one along x. */
function sectorOf(bias: number) {
  const field = mul(0.3, cos(mul(2 * Math.PI, variable("t"))));
  const energy = add(uniaxial([0.6, 0, 0.8]), mul(-2, field, mz), mul(bias, mx));
  const made = generator(demand(separateDynamics(dynamicsOf({ delta: 3, alpha: 0.5, energy }), 8)), 8);
  const sectors = drivenSectors(made);
  // the largest: all but the sum of the density, or with it
  const { sector, resolvent } = sectors.reduce((a, b) =>
    b.sector.unknowns.length > a.sector.unknowns.length ? b : a,
  );
  /** Largest |b − (1 − γF(t))x| of the solution x, over that of b. */
  const residual = (t: number): number => {
    const b = Float64Array.from(sector.unknowns, (_, k) => Math.sin(1 + 1.3 * k));
    const own = b.slice();
    resolvent(t, gamma).solve(own);
    const x = new Float64Array(made.index.size);
    sector.unknowns.forEach((unknown, k) => {
      x[unknown] = own[k];
    });
    const image = multiply(made.operatorAt(t), x, new Float64Array(x.length));
    return Math.max(
      ...Array.from(sector.unknowns, (unknown, k) => Math.abs(b[k] - x[unknown] + gamma * image[unknown])),
    );
  };
  return { resolvent: (t: number) => resolvent(t, gamma), residual };
}

describe("an operator that a drive changes", () => {
  it("is solved at the drive's negative by the same factors, with signs", () => {
    const { residual, resolvent } = sectorOf(0);
    for (const t of [0.1, 0.6, 0.4, 0.9]) expect(residual(t)).toBeLessThan(1e-12);
    // the same drive, the same factors; its negative takes those and signs
    expect(resolvent(0.6)).toBe(resolvent(0.4));
    expect(resolvent(0.9)).not.toBe(resolvent(0.1));
  });

  it("has no such signs beside a bias field", () => {
    const { residual, resolvent } = sectorOf(0.2);
    for (const t of [0.1, 0.6, 0.4, 0.9]) expect(residual(t)).toBeLessThan(1e-12);
    expect(resolvent(0.9)).toBe(resolvent(0.1));
  });
});

describe("signs with which one term is odd", () => {
  const matrix = (...rows: readonly (readonly number[])[]) => {
    const made = new SparseRows(rows.length, rows.length);
    for (const row of rows) {
      row.forEach((value, column) => {
        if (value !== 0) made.add(column, value);
      });
      made.endRow();
    }
    return made.matrix();
  };
  const even = matrix([1, 0, 2], [0, 1, 0], [3, 0, 1]);

  it("are found along chains of entries", () => {
    const signs = mirrorSigns([even, matrix([0, 5, 0], [0, 0, 4], [0, 0, 0])], 1);
    expect(signs && [signs[0] * signs[1], signs[0] * signs[2], signs[1] * signs[2]]).toEqual([-1, 1, -1]);
  });

  it("do not exist where the term couples what an even one couples, or an unknown to itself", () => {
    expect(mirrorSigns([even, matrix([0, 0, 5], [0, 0, 0], [0, 0, 0])], 1)).toBeUndefined();
    expect(mirrorSigns([even, matrix([0, 0, 0], [0, 5, 0], [0, 0, 0])], 1)).toBeUndefined();
  });
});
