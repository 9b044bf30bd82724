import { div, mul } from "../../expression/expression.ts";
import { dot, m } from "../../expression/vector.ts";
import { cobaltCopperCobalt } from "../../transport/example-stack.ts";
import { spinTorqueFromStack } from "../../transport/spin-torque.ts";
import type { StackInput } from "../../transport/stack-schema.ts";
import { torque } from "../entry.ts";

const required = ["spacer", "freeLayer", "mixingConductance"] as const;

export const spinAccumulation = torque({
  type: "spinAccumulation",
  title: "spin transfer from the spin accumulation of a layered stack",
  source:
    "J.-E. Wegrowe, Spin transfer from the point of view of the ferromagnetic degrees of freedom, Eq. 49 and 50, with circuit theory between the collinear limits",
  needsUnits: true,
  example: { stack: cobaltCopperCobalt, polarizer: [0, 0, 1] },
  arrows: [{ parameter: "polarizer", kind: "polarizer", label: "p" }],
  parameters: {
    stack: { kind: "stack", unit: "", meaning: "the layers, as for the command `transport`" },
    strength: {
      kind: "scalar",
      unit: "1",
      meaning: "factor on the stack's current density, which may be driven or spread",
      default: 1,
    },
    polarizer: { kind: "direction", unit: "", meaning: "magnetization of the polarizer, p" },
  },
  rules: ({ stack }) =>
    required
      .filter((key) => (stack as StackInput)[key] === undefined)
      .map((key) => ({ path: `stack.${key}`, rule: "must be given" })),
  contribution({ stack, strength, polarizer }, { Ms }) {
    // a and b are proportional to 1/Ms and independent of α and γ; the paper's law gives χ and Φ, which depend on none
    // of them
    const unit = spinTorqueFromStack(stack as StackInput, { Ms: 1, alpha: 0 });
    if (unit.law === "onsager") {
      const c = dot(m, polarizer);
      return { chi: mul(strength, unit.chi(c)), phi: mul(strength, unit.phi(c)) };
    }
    const scale = div(strength, Ms);
    return {
      polarizer,
      dampingLike: (c) => mul(scale, unit.integralOfA(c)),
      fieldLike: (c) => mul(scale, unit.integralOfB(c)),
    };
  },
});
