import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carlsonRD, carlsonRF } from "../../src/numerics/elliptic-integrals.ts";
import { gaussLegendreOn } from "../../src/numerics/gauss-legendre.ts";
import {
  discFactor,
  ellipsoidFactors,
  ellipticCylinderFactors,
  prismFactors,
} from "../../src/physics/demagnetization/index.ts";

const cephes = createRequire(import.meta.url)("cephes");
if (cephes.compiled) await cephes.compiled;

const total = ([x, y, z]: readonly number[]): number => x + y + z;

describe("Carlson's integrals", () => {
  it("give the complete elliptic integrals of cephes", () => {
    for (const parameter of [0.01, 0.3, 0.7, 0.99]) {
      const K = carlsonRF(0, 1 - parameter, 1);
      expect(K).toBeCloseTo(cephes.ellpk(1 - parameter), 13);
      expect(K - (parameter / 3) * carlsonRD(0, 1 - parameter, 1)).toBeCloseTo(
        cephes.ellpe(1 - parameter),
        13,
      );
    }
  });
  it("are 1 at equal arguments of 1", () => {
    expect(carlsonRF(1, 1, 1)).toBeCloseTo(1, 15);
    expect(carlsonRD(1, 1, 1)).toBeCloseTo(1, 15);
  });
});

describe("ellipsoids", () => {
  it("have factors that sum to 1", () => {
    for (const axes of [
      [1, 2, 3],
      [1, 1, 1000],
      [1, 700, 1000],
    ] as const)
      expect(total(ellipsoidFactors(axes))).toBeCloseTo(1, 12);
  });
  it("are Osborn's for spheroids, prolate and oblate", () => {
    for (const k of [1.5, 4, 30]) {
      const prolate = (1 / (k * k - 1)) * ((k / Math.sqrt(k * k - 1)) * Math.acosh(k) - 1);
      expect(ellipsoidFactors([1, 1, k])[2]).toBeCloseTo(prolate, 12);
      const root = Math.sqrt(k * k - 1);
      const oblate = ((k * k) / (k * k - 1)) * (1 - Math.asin(root / k) / root);
      expect(ellipsoidFactors([k, k, 1])[2]).toBeCloseTo(oblate, 12);
    }
    expect(ellipsoidFactors([2, 2, 2])[0]).toBeCloseTo(1 / 3, 14);
  });
});

describe("discs", () => {
  /** N = 2(R/t) ∫ J1(x)² (1 − exp(−x t/R))/x² dx, the interaction of the two charged faces in Fourier space. */
  const byFourier = (aspect: number): number => {
    const ratio = 2 * aspect; // t/R
    let sum = 0;
    const [end, pieces] = [4000, 8000];
    for (let i = 0; i < pieces; i++) {
      const { nodes, weights } = gaussLegendreOn(6, (end * i) / pieces, (end * (i + 1)) / pieces);
      nodes.forEach((x, k) => {
        const j = cephes.j1(x) / x;
        sum += weights[k] * j * j * -Math.expm1(-x * ratio);
      });
    }
    // beyond the end J1² is 1/(πx) on average
    return (2 / ratio) * (sum + 1 / (2 * Math.PI * end * end));
  };
  it("agree with the integral over Fourier space", () => {
    for (const aspect of [0.05, 0.3, 1, 3]) expect(discFactor(aspect)).toBeCloseTo(byFourier(aspect), 8);
  });
  it("are 1 when flat and 4/(3πτ) when long", () => {
    expect(discFactor(1e-6)).toBeGreaterThan(0.9999);
    expect(discFactor(1e-6)).toBeLessThan(1);
    expect((discFactor(1e3) * 3 * Math.PI * 1e3) / 4).toBeCloseTo(1, 3);
  });
});

describe("elliptic cylinders", () => {
  it("are discs where the axes are equal", () => {
    for (const aspect of [0.01, 0.2, 1, 5]) {
      const [x, y, z] = ellipticCylinderFactors([1, 1, aspect]);
      expect(z).toBeCloseTo(discFactor(aspect), 11);
      expect(x).toBeCloseTo(y, 11);
      expect(x + y + z).toBeCloseTo(1, 14);
    }
  });

  /*
   * The mutual potential of two charged ellipses at a distance d is ∫ C(s) / √(s² + d²) d²s with C their overlap. In the stretched
   * plane C is that of unit circles, and the factor along the axis is [F(0) − F(t)] / (2π × area × t).
   */
  const byFaces = (a: number, b: number, t: number): number => {
    const [p, q] = [a / 2, b / 2];
    const overlap = (r: number): number => 2 * Math.acos(r / 2) - (r / 2) * Math.sqrt(4 - r * r);
    // r from 0 to 2 by r = 2 sin²(v), where the overlap's edge is smooth; the average over φ by trapezoids
    const { nodes, weights } = gaussLegendreOn(60, 0, Math.PI / 2);
    const turns = 400;
    let sum = 0;
    nodes.forEach((v, i) => {
      const r = 2 * Math.sin(v) ** 2;
      const stretch = 4 * Math.sin(v) * Math.cos(v) * weights[i];
      for (let k = 0; k < turns; k++) {
        const angle = ((k + 0.5) * Math.PI) / (2 * turns);
        const length = r * Math.hypot(p * Math.cos(angle), q * Math.sin(angle));
        const difference = 1 / length - 1 / Math.hypot(length, t);
        sum += (stretch * r * overlap(r) * difference * 2 * Math.PI) / turns;
      }
    });
    return (sum * (p * q) ** 2) / (2 * Math.PI * Math.PI * p * q * t);
  };

  it("agree with the energy of two charged ellipses", () => {
    for (const [a, b, t] of [
      [1, 0.5, 0.3],
      [40, 20, 10],
      [1, 3, 2],
    ] as const)
      expect(ellipticCylinderFactors([a, b, t])[2]).toBeCloseTo(byFaces(a, b, t), 6);
  });

  it("are those of an infinite elliptic bar when long, which is an ellipsoid's too", () => {
    const [x, y, z] = ellipticCylinderFactors([2, 1, 1e7]);
    expect(x).toBeCloseTo(1 / 3, 6);
    expect(y).toBeCloseTo(2 / 3, 6);
    expect(z).toBeLessThan(1e-6);
  });

  it("have an answer at any ratio", () => {
    const anyLength = fc.double({ min: -150, max: 150, noNaN: true }).map((power) => 10 ** power);
    fc.assert(
      fc.property(anyLength, anyLength, anyLength, (a, b, t) => {
        const factors = ellipticCylinderFactors([a, b, t]);
        expect(total(factors)).toBeCloseTo(1, 10);
        for (const factor of factors) {
          expect(factor).toBeGreaterThan(-1e-12);
          expect(factor).toBeLessThan(1 + 1e-12);
        }
        const swapped = ellipticCylinderFactors([b, a, t]);
        expect(swapped[1]).toBeCloseTo(factors[0], 10);
      }),
      { numRuns: 60 },
    );
  });
});

describe("prisms", () => {
  /** N_z from the energy of two charged rectangles: ∫(X−u)(Y−v)/√(u²+v²+d²) in polar coordinates about the corner. */
  const byFaces = (X: number, Y: number, Z: number): number => {
    const interaction = (d: number): number => {
      let sum = 0;
      const wedge = (angleFrom: number, angleTo: number, reach: (angle: number) => number) => {
        const outer = gaussLegendreOn(40, angleFrom, angleTo);
        outer.nodes.forEach((angle, i) => {
          const [c, s] = [Math.cos(angle), Math.sin(angle)];
          const inner = gaussLegendreOn(60, 0, Math.asinh(reach(angle) / (d || 1)));
          const flat = gaussLegendreOn(40, 0, reach(angle));
          const rule = d > 0 ? inner : flat;
          rule.nodes.forEach((node, k) => {
            const r = d > 0 ? d * Math.sinh(node) : node;
            // r dr/√(r²+d²) is r dq for r = d sinh q, and dr for d = 0
            const measure = d > 0 ? r : 1;
            sum += outer.weights[i] * rule.weights[k] * measure * (X - r * c) * (Y - r * s);
          });
        });
      };
      const corner = Math.atan2(Y, X);
      wedge(0, corner, (angle) => X / Math.cos(angle));
      wedge(corner, Math.PI / 2, (angle) => Y / Math.sin(angle));
      return 4 * sum;
    };
    return (2 / (4 * Math.PI * X * Y * Z)) * (interaction(0) - interaction(Z));
  };
  it("agree with the energy of their charged faces", () => {
    for (const [x, y, z] of [
      [1, 1, 1],
      [2, 1, 0.5],
      [1, 3, 2],
    ] as const)
      expect(prismFactors([x, y, z])[2]).toBeCloseTo(byFaces(x, y, z), 8);
  });
  it("have factors that sum to 1, also when thin, and 1/3 for a cube", () => {
    for (const edges of [
      [1, 2, 3],
      [100, 100, 1],
      [1, 1, 1000],
      [1000, 300, 1],
    ] as const)
      expect(total(prismFactors(edges))).toBeCloseTo(1, 8);
    for (const factor of prismFactors([3, 3, 3])) expect(factor).toBeCloseTo(1 / 3, 13);
  });
  it.each([
    [
      [1, 1, 1e5],
      [0.4999976340029, 0.4999976340029, 4.731994128599e-6],
    ],
    [
      [1e-3, 1, 10],
      [0.9970984738293, 0.002645246054795, 0.0002562801158919],
    ],
    [
      [0.1, 1, 1e4],
      [0.8789253319097, 0.1210634362104, 1.123187993246e-5],
    ],
    [
      [0.01, 1, 1e3],
      [0.9805513193007, 0.01943021507636, 1.846562292743e-5],
    ],
    [
      [1e-5, 1, 1e4],
      [0.9999585748456, 4.142110993589e-5, 4.044453683179e-9],
    ],
    [
      [1e-9, 1, 1],
      [0.999999986345, 6.827509278991e-9, 6.827509278991e-9],
    ],
  ] as const)("of edges %j are Aharoni's in 60 digits", (edges, factors) => {
    prismFactors(edges).forEach((factor, i) => {
      expect(Math.abs(factor - factors[i])).toBeLessThan(1e-9);
    });
  });
});

describe("absurd bodies", () => {
  const length = fc.double({ min: -290, max: 290, noNaN: true }).map((exponent) => 10 ** exponent);
  const isFactor = (x: number): boolean => x >= -1e-12 && x <= 1 + 1e-12;
  it("have factors between 0 and 1 that sum to 1, at once", () => {
    fc.assert(
      fc.property(length, length, length, (a, b, c) => {
        for (const factors of [ellipsoidFactors([a, b, c]), prismFactors([a, b, c])]) {
          expect(factors.every(isFactor), `${factors}`).toBe(true);
          expect(total(factors)).toBeCloseTo(1, 7);
          // the shortest axis has the largest factor
          const shortest = [a, b, c].indexOf(Math.min(a, b, c));
          expect(factors[shortest]).toBe(Math.max(...factors));
        }
        expect(isFactor(discFactor(a / b))).toBe(true);
      }),
      { numRuns: 400, seed: 3 },
    );
  });
  it("are discs of any ratio, falling from 1 to 0", () => {
    const factors = Array.from({ length: 1201 }, (_, i) => discFactor(10 ** (i / 2 - 300)));
    factors.forEach((factor, i) => {
      expect(factor).toBeLessThanOrEqual((factors[i - 1] ?? 1) + 1e-11);
    });
    expect([discFactor(0), discFactor(Number.POSITIVE_INFINITY)]).toEqual([1, 0]);
    for (const [aspect, near] of [
      [1e-4, 1e-4 * (1 + 1e-9)],
      [1e7, 1e7 * (1 + 1e-9)],
    ])
      expect(Math.abs(discFactor(aspect * (1 - 1e-9)) - discFactor(near))).toBeLessThan(2e-12);
  });
});
