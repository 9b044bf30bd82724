import { add, mul, neg, square } from "../../expression/expression.ts";
import { dot, m } from "../../expression/vector.ts";
import { energy } from "../entry.ts";

export const uniaxial = energy({
  type: "uniaxial",
  title: "uniaxial anisotropy of first and second order, −Ku1 (m·u)² − Ku2 (m·u)⁴",
  source: "names and signs as in mumax3",
  example: { Ku1: 1e4 },
  anisotropy: "Ku1",
  arrows: [{ parameter: "anisU", kind: "axis", label: "u" }],
  parameters: {
    Ku1: { kind: "scalar", unit: "J/m³", meaning: "first-order constant; positive makes u an easy axis" },
    Ku2: { kind: "scalar", unit: "J/m³", meaning: "second-order constant", default: 0 },
    anisU: { kind: "direction", unit: "", meaning: "axis u", default: [0, 0, 1] },
  },
  contribution({ Ku1, Ku2, anisU }) {
    const squared = square(dot(m, anisU));
    return add(neg(mul(Ku1, squared)), neg(mul(Ku2, square(squared))));
  },
});
