import type { Expression } from "../../expression/expression.ts";
import { add, constant, mul } from "../../expression/expression.ts";
import { mz } from "../../expression/vector.ts";
import { torque } from "../entry.ts";
import { harmonicSum } from "../harmonics.ts";
import { ratePerEnergy } from "../magnet.ts";
import type { HarmonicValue } from "../value.ts";

const given = ["chi", "Phi", "chiEnergy", "phiEnergy", "chiHarmonics", "phiHarmonics"] as const;
const none = constant(0);

/** Σ of coefficients given as expressions. */
const sumOf = (
  terms: readonly (Omit<HarmonicValue, "value"> & { readonly value: Expression })[] | undefined,
): Expression => (terms ? harmonicSum(terms) : none);

export const potential = torque({
  type: "potential",
  title: "any torque given by its potentials, with the drift −∇χ + m×∇Φ; all parts that are given are added",
  source:
    "J.-E. Wegrowe, Spin transfer from the point of view of the ferromagnetic degrees of freedom, Eq. 44–48",
  example: { chi: `1e8*${mz}` },
  parameters: {
    chi: { kind: "expression", unit: "1/s", meaning: "χ, curl-free part: relaxation", optional: true },
    Phi: { kind: "expression", unit: "1/s", meaning: "Φ, divergence-free part: precession", optional: true },
    chiEnergy: {
      kind: "expression",
      unit: "J",
      meaning: "E_χ with χ = αL E_χ, which adds to the effective barrier",
      optional: true,
    },
    phiEnergy: { kind: "expression", unit: "J", meaning: "E_Φ with Φ = L E_Φ", optional: true },
    chiHarmonics: {
      kind: "harmonics",
      unit: "1/s",
      meaning: "χ in real spherical harmonics",
      optional: true,
    },
    phiHarmonics: {
      kind: "harmonics",
      unit: "1/s",
      meaning: "Φ in real spherical harmonics",
      optional: true,
    },
    parameters: { kind: "named", unit: "", meaning: "values of the names in the formulas" },
  },
  rules: (values) =>
    given.every((key) => values[key] === undefined)
      ? [{ path: "", rule: `must have at least one of ${given.join(", ")}` }]
      : [],
  contribution({ chi, Phi, chiEnergy, phiEnergy, chiHarmonics, phiHarmonics }, magnet) {
    const rate = ratePerEnergy(magnet);
    return {
      chi: add(chi ?? none, mul(mul(magnet.alpha, rate), chiEnergy ?? none), sumOf(chiHarmonics)),
      phi: add(Phi ?? none, mul(rate, phiEnergy ?? none), sumOf(phiHarmonics)),
    };
  },
});
