import { div, mul, neg } from "../../expression/expression.ts";
import { elementaryCharge, reducedPlanckConstant } from "../constants.ts";
import { torque } from "../entry.ts";

export const spinOrbit = torque({
  type: "spinOrbit",
  title: "spin–orbit torque of a heavy-metal layer, a = −ħ θ_SH J/(2 e Ms t), b = ratio · a",
  source: "L. Liu et al., Phys. Rev. Lett. 109, 096602 (2012)",
  needsUnits: true,
  example: { J: 5e10, spinHallAngle: 0.15, polarizer: [0, 1, 0], thickness: 1.5e-9 },
  arrows: [{ parameter: "polarizer", kind: "polarizer", label: "p" }],
  parameters: {
    J: { kind: "scalar", unit: "A/m²", meaning: "current density in the heavy metal" },
    spinHallAngle: {
      kind: "scalar",
      unit: "1",
      meaning: "spin Hall angle θ_SH; θ_SH J > 0 turns m towards the polarizer",
    },
    fieldLikeRatio: { kind: "scalar", unit: "1", meaning: "field-like over damping-like torque", default: 0 },
    polarizer: { kind: "direction", unit: "", meaning: "direction of the injected spin moment" },
    thickness: { kind: "scalar", unit: "m", meaning: "thickness t of the free layer", above: 0 },
  },
  contribution({ J, spinHallAngle, fieldLikeRatio, polarizer, thickness }, { Ms }) {
    const scale = reducedPlanckConstant / (2 * elementaryCharge);
    const a = neg(div(mul(scale, mul(spinHallAngle, J)), mul(Ms, thickness))); // T
    return {
      polarizer,
      dampingLike: (c) => mul(a, c),
      fieldLike: (c) => mul(mul(fieldLikeRatio, a), c),
    };
  },
});
