import { describe, expect, it } from "vitest";
import type { Expression } from "../../src/expression/expression.ts";
import { add, constant, mul, square } from "../../src/expression/expression.ts";
import { assembleForward } from "../../src/fokker-planck/assembly.ts";
import { harmonicBasis, sampledDrift } from "../../src/fokker-planck/generator.ts";
import { assembleHarmonics } from "../../src/fokker-planck/harmonic-assembly.ts";
import { harmonicIndex } from "../../src/fokker-planck/harmonics.ts";
import type { SparseMatrix } from "../../src/linear-algebra/sparse.ts";
import { combine } from "../../src/linear-algebra/sparse.ts";
import { along, mx, mz } from "./macrospins.ts";

const largest = ({ values }: SparseMatrix): number =>
  values.reduce((size, x) => Math.max(size, Math.abs(x)), 0);

describe("the operator by ladder recurrences", () => {
  const index = harmonicIndex(14);
  const cases: Record<string, { psi: Expression; omega: Expression; degree: number }> = {
    "a film in an oblique field": {
      psi: add(mul(-0.3, square(mx)), mul(2, square(mz)), along([0.1, 0.2, -0.3])),
      omega: add(mul(-1, square(mx)), mul(5, square(mz)), along([0.4, -0.2, 0.1])),
      degree: 2,
    },
    "a cubic magnet with a torque": {
      psi: add(square(mul(mx, mz)), square(mul(along([0, 1, 0]), mx)), along([0.3, 0.1, 0.2])),
      omega: mul(0.7, square(square(along([0.6, 0, 0.8])))),
      degree: 4,
    },
  };
  for (const [name, { psi, omega, degree }] of Object.entries(cases))
    it(`equals the quadrature of the drift: ${name}`, () => {
      const exact = assembleHarmonics(index, { psi, omega }, degree);
      const basis = harmonicBasis(index, index.lmax + degree + 2);
      const dynamics = { psi, omega, diffusion: constant(0) };
      const quadrature = assembleForward(basis, sampledDrift(dynamics, basis.nodes, degree));
      const difference = combine([
        { matrix: exact, scale: 1 },
        { matrix: quadrature, scale: -1 },
      ]);
      // a few hundred roundings of the largest entry
      expect(largest(exact)).toBeGreaterThan(1);
      expect(largest(difference)).toBeLessThan(1e-13 * largest(exact));
      // nothing that is zero is kept, or sectors would not separate
      expect(exact.values.length).toBeLessThanOrEqual(quadrature.values.length);
    });
});
