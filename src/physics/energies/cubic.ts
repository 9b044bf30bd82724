import { add, mul, square } from "../../expression/expression.ts";
import { cross, dot, m } from "../../expression/vector.ts";
import { energy } from "../entry.ts";
import { isRandomDirection } from "../spread.ts";

export const cubic = energy({
  type: "cubic",
  title: "cubic anisotropy up to third order, Kc1 Σ αi²αj² + Kc2 α1²α2²α3² + Kc3 Σ αi⁴αj⁴",
  source: "names and signs as in mumax3",
  example: { Kc1: 1e4 },
  parameters: {
    Kc1: { kind: "scalar", unit: "J/m³", meaning: "first-order constant; positive makes the axes easy" },
    Kc2: { kind: "scalar", unit: "J/m³", meaning: "second-order constant", default: 0 },
    Kc3: { kind: "scalar", unit: "J/m³", meaning: "third-order constant", default: 0 },
    anisC1: { kind: "direction", unit: "", meaning: "first cubic axis", default: [1, 0, 0] },
    anisC2: { kind: "direction", unit: "", meaning: "second cubic axis", default: [0, 1, 0] },
  },
  rules({ anisC1, anisC2 }) {
    if (isRandomDirection(anisC1) || isRandomDirection(anisC2))
      return [
        {
          path: "anisC1",
          rule: "must be a direction, and so must anisC2: one random axis does not determine the other",
        },
      ];
    const product = anisC1[0] * anisC2[0] + anisC1[1] * anisC2[1] + anisC1[2] * anisC2[2];
    return Math.abs(product) > 1e-6 ? [{ path: "anisC2", rule: "must be perpendicular to anisC1" }] : [];
  },
  contribution({ Kc1, Kc2, Kc3, anisC1, anisC2 }) {
    const [x, y, z] = [anisC1, anisC2, cross(anisC1, anisC2)].map((axis) => square(dot(m, axis)));
    const [xy, yz, zx] = [mul(x, y), mul(y, z), mul(z, x)];
    return add(
      mul(Kc1, add(xy, yz, zx)),
      mul(Kc2, mul(xy, z)),
      mul(Kc3, add(square(xy), square(yz), square(zx))),
    );
  },
});
