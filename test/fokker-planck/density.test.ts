import { describe, expect, it } from "vitest";
import { add, constant, exp, mul, square } from "../../src/expression/expression.ts";
import type { Density } from "../../src/fokker-planck/index.ts";
import { demand, solveFokkerPlanck } from "../../src/fokker-planck/index.ts";
import { along, driven, dynamicsOf, mx, my, mz, uniaxial } from "./macrospins.ts";

const total = (bins: Float64Array) => bins.reduce((a, b) => a + b, 0);
const even = (from: number, to: number, count: number) =>
  Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / count);

/** Integrates the density over a region by brute force; error near 1e-5 for a region with edges. */
function counted(density: Density, inside: (x: number, y: number, z: number) => boolean): number {
  const n = 250;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const z = -1 + (2 * i + 1) / n;
    const s = Math.sqrt(1 - z * z);
    for (let j = 0; j < n; j++) {
      const phi = -Math.PI + (2 * Math.PI * (j + 0.5)) / n;
      const [x, y] = [s * Math.cos(phi), s * Math.sin(phi)];
      if (inside(x, y, z)) sum += density.at([x, y, z]) * ((4 * Math.PI) / (n * n));
    }
  }
  return sum;
}

describe("densities", () => {
  const density = demand(demand(solveFokkerPlanck(dynamicsOf(driven))).stationary());

  it("have probabilities that sum to one in every kind of bins", () => {
    const edges = even(-1, 1, 16);
    const phi = even(-Math.PI, Math.PI, 12);
    expect(
      total(demand(density.probabilities({ kind: "projection", axis: [0.6, 0, 0.8], edges }))),
    ).toBeCloseTo(1, 12);
    expect(total(demand(density.probabilities({ kind: "azimuth", edges: phi })))).toBeCloseTo(1, 12);
    expect(total(demand(density.probabilities({ kind: "map", mz: edges, phi })))).toBeCloseTo(1, 12);
    expect(
      total(
        demand(density.probabilities({ kind: "expression", of: mul(mx, my), edges: even(-0.51, 0.51, 9) })),
      ),
    ).toBeCloseTo(1, 9);
  });

  it("have bins that agree with counting a grid, to 2e-3", () => {
    const agree = (value: number, inside: (x: number, y: number, z: number) => boolean) =>
      expect(Math.abs(value - counted(density, inside))).toBeLessThan(2e-3);
    const [slice] = demand(
      density.probabilities({ kind: "projection", axis: [0.6, 0, 0.8], edges: [-0.4, 0.1] }),
    );
    agree(slice, (x, _, z) => Math.abs(0.6 * x + 0.8 * z + 0.15) < 0.25);
    const [sector] = demand(density.probabilities({ kind: "azimuth", edges: [0.5, 1.5] }));
    agree(sector, (x, y) => Math.abs(Math.atan2(y, x) - 1) < 0.5);
    const [cell] = demand(density.probabilities({ kind: "map", mz: [-0.8, 0.2], phi: [1, 2] }));
    agree(cell, (x, y, z) => Math.abs(Math.atan2(y, x) - 1.5) < 0.5 && Math.abs(z + 0.3) < 0.5);
  });

  it("have expression bins equal to exact projection bins within 1e-5", () => {
    const edges = even(-1, 1, 20);
    const axis = [0.6, 0, 0.8] as const;
    const exact = demand(density.probabilities({ kind: "projection", axis, edges }));
    const smeared = demand(density.probabilities({ kind: "expression", of: along(axis), edges }));
    exact.forEach((value, i) => {
      expect(Math.abs(smeared[i] - value)).toBeLessThan(1e-5);
    });
  });

  it("have means of polynomials and other functions", () => {
    expect(density.mean(constant(1))).toBeCloseTo(1, 13);
    expect(density.mean(mx)).toBeCloseTo(density.m[0], 13);
    expect(density.mean(mul(mx, mz))).toBeCloseTo(density.mm[4], 13);
    expect(density.mm[0] + density.mm[1] + density.mm[2]).toBeCloseTo(1, 13);
    // exp(mz/10) by its series, whose terms are polynomials
    let [series, term] = [1, constant(1) as ReturnType<typeof mul>];
    for (let k = 1; k < 10; k++) {
      term = mul(term, mul(0.1 / k, mz));
      series += density.mean(term);
    }
    expect(density.mean(exp(mul(0.1, mz)))).toBeCloseTo(series, 12);
  });

  it("look the same from a rotated frame: axial about x against its bins in the laboratory", () => {
    const tilted = demand(
      demand(
        solveFokkerPlanck(dynamicsOf({ delta: 4, alpha: 0.1, energy: uniaxial([1, 0, 0]) })),
      ).stationary(),
    );
    const straight = demand(
      demand(solveFokkerPlanck(dynamicsOf({ delta: 4, alpha: 0.1, energy: uniaxial() }))).stationary(),
    );
    expect(tilted.at([0.6, 0.8, 0])).toBeCloseTo(straight.at([0, 0.8, 0.6]), 12);
    const edges = even(-1, 1, 8);
    const [a, b] = [
      demand(tilted.probabilities({ kind: "projection", axis: [0, 0, 1], edges })),
      demand(straight.probabilities({ kind: "projection", axis: [1, 0, 0], edges })),
    ];
    a.forEach((value, i) => {
      expect(value).toBeCloseTo(b[i], 12);
    });
    // by symmetry a quarter turn about z maps one half plane to the other
    const [left, right] = demand(tilted.probabilities({ kind: "azimuth", edges: [-Math.PI, 0, Math.PI] }));
    expect(left).toBeCloseTo(right, 12);
    expect(tilted.mean(add(square(mx), square(my)))).toBeCloseTo(1 - tilted.mm[2], 12);
  });
});
