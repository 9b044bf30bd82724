import { expect, test } from "vitest";
import { termsOf } from "../../src/experiment/terms.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";

const termsIn = (more: object) => {
  const checked = checkExperiment({
    magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 },
    energies: [{ type: "uniaxial", Ku1: 4e4, anisU: [0, 0, 1] }],
    time: { duration: 1e-9 },
    ...more,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return termsOf(checked.experiment);
};

test("terms are polynomials of m, from what is computed", () => {
  const found = termsIn({
    energies: [
      { type: "uniaxial", Ku1: 4e4, anisU: [0, 0, 1] },
      { type: "zeeman", B_ext: [0.01, 0, -0.02] },
    ],
    torques: [{ type: "spinTransfer", dampingLike: 0.01, polarizer: [1, 0, 0] }],
  });
  expect(found.map(({ path, symbol }) => `${path} ${symbol}`)).toEqual([
    "energies.0 V",
    "energies.1 V",
    "torques.0 χ",
    "torques.0 Φ",
  ]);
  const [uniaxial, zeeman, chi] = found;
  expect(uniaxial.monomials).toEqual([{ factor: -4e4, exponents: [0, 0, 2] }]);
  // −Ms m·B
  expect(new Map(zeeman.monomials?.map(({ factor, exponents }) => [exponents.join(), factor]))).toEqual(
    new Map([
      ["1,0,0", -8e3],
      ["0,0,1", 1.6e4],
    ]),
  );
  // γ′ a c
  expect(chi.monomials).toHaveLength(1);
  expect(chi.monomials?.[0].factor).toBeCloseTo((1.76085963e11 / 1.01) * 0.01, -3);
});

test("what changes in time has no number, and what is no polynomial is said to be none", () => {
  const [driven] = termsIn({
    energies: [{ type: "zeeman", B_ext: [0, 0, { sine: { amplitude: 0.02, frequency: 5e8 } }] }],
  });
  expect(driven.monomials).toEqual([{ factor: null, exponents: [0, 0, 1] }]);
  const [typed] = termsIn({ energies: [{ type: "expression", density: "1e4*sin(mx)" }] });
  expect(typed.monomials).toBeNull();
});
