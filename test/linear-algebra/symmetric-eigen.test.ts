import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { symmetricEigen } from "../../src/linear-algebra/symmetric-eigen.ts";

/** Sizes from the least number to the largest there is. */
const entry = fc
  .tuple(fc.integer({ min: -323, max: 307 }), fc.double({ min: -9, max: 9, noNaN: true }))
  .map(([exponent, mantissa]) => Number(`${mantissa.toFixed(3)}e${exponent}`));

describe("eigenvalues of a symmetric matrix", () => {
  it("solve their equation, whatever the sizes of its entries", () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 6, maxLength: 6 }), ([a, b, c, d, e, f]) => {
        const matrix = [
          [a, b, c],
          [b, d, e],
          [c, e, f],
        ];
        const { values, vectors } = symmetricEigen(matrix);
        const largest = Math.max(...matrix.flat().map(Math.abs));
        expect([...values].sort((x, y) => x - y)).toEqual(values);
        values.forEach((value, k) => {
          expect(Math.hypot(...vectors[k])).toBeCloseTo(1, 12);
          if (largest > 0)
            for (const [i, row] of matrix.entries()) {
              const product = row.reduce((sum, x, j) => sum + (x / largest) * vectors[k][j], 0);
              const expected = (value / largest) * vectors[k][i];
              expect(Math.abs(product - expected)).toBeLessThan(1e-14);
            }
        });
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it("refuse what is not finite", () => {
    expect(() =>
      symmetricEigen([
        [1, Number.NaN],
        [Number.NaN, 1],
      ]),
    ).toThrow(RangeError);
  });
});
