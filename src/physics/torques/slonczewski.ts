import type { Expression } from "../../expression/expression.ts";
import {
  abs,
  add,
  constantValue,
  div,
  less,
  log1p,
  mul,
  neg,
  select,
  square,
  sub,
} from "../../expression/expression.ts";
import { elementaryCharge, reducedPlanckConstant } from "../constants.ts";
import { torque } from "../entry.ts";

const seriesBelow = 1e-4;

/**
 * ∫ε dc of ε(c) = P Λ²/((Λ²+1) + (Λ²−1)c): P Λ²/(Λ²−1) log1p(rc), r = (Λ²−1)/(Λ²+1); near Λ = 1, where that is
 * 0/0, by its series P Λ²/(Λ²+1) (c − rc²/2 + r²c³/3 − r³c⁴/4), exact there to 1e-17.
 */
export function integratedEfficiency(Pol: Expression, Lambda: Expression, c: Expression): Expression {
  const squared = square(Lambda);
  const r = div(sub(squared, 1), add(squared, 1));
  const strength = div(mul(Pol, squared), add(squared, 1));
  const rc = mul(r, c);
  const bracket = sub(1, mul(rc, sub(0.5, mul(rc, sub(1 / 3, mul(0.25, rc))))));
  const series = mul(strength, c, bracket);
  const excess = abs(sub(squared, 1));
  const known = constantValue(excess);
  if (known !== undefined && known < seriesBelow) return series;
  const closed = (denominator: Expression) => mul(div(strength, denominator), log1p(rc));
  if (known !== undefined) return closed(r);
  const isNearOne = less(excess, seriesBelow);
  return select(isNearOne, series, closed(select(isNearOne, 1, r)));
}

export const slonczewski = torque({
  type: "slonczewski",
  title: "spin transfer with angular asymmetry, a(c) = −β_S ε(c), b = −β_S ε′, β_S = ħJ/(e Ms t)",
  source:
    "J. C. Slonczewski, J. Magn. Magn. Mater. 247, 324 (2002); J. Xiao, A. Zangwill, M. D. Stiles, Phys. Rev. B 70, 172405 (2004); names and signs as in mumax3",
  needsUnits: true,
  example: { J: 5e10, Pol: 0.5, FixedLayer: [0, 0, 1], thickness: 1.5e-9 },
  arrows: [{ parameter: "FixedLayer", kind: "polarizer", label: "p" }],
  parameters: {
    J: {
      kind: "scalar",
      unit: "A/m²",
      meaning: "current density; positive turns m towards the fixed layer",
    },
    Pol: { kind: "scalar", unit: "1", meaning: "spin polarization P", minimum: 0, maximum: 1 },
    Lambda: { kind: "scalar", unit: "1", meaning: "asymmetry Λ; 1 for none", above: 0, default: 1 },
    EpsilonPrime: { kind: "scalar", unit: "1", meaning: "field-like efficiency ε′", default: 0 },
    FixedLayer: { kind: "direction", unit: "", meaning: "direction of the fixed layer" },
    thickness: { kind: "scalar", unit: "m", meaning: "thickness t of the free layer", above: 0 },
  },
  contribution({ J, Pol, Lambda, EpsilonPrime, FixedLayer, thickness }, { Ms }) {
    const beta = div(mul(reducedPlanckConstant / elementaryCharge, J), mul(Ms, thickness)); // T
    return {
      polarizer: FixedLayer,
      dampingLike: (c) => neg(mul(beta, integratedEfficiency(Pol, Lambda, c))),
      fieldLike: (c) => neg(mul(mul(beta, EpsilonPrime), c)),
    };
  },
});
