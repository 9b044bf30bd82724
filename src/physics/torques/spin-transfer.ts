import { mul } from "../../expression/expression.ts";
import { torque } from "../entry.ts";

export const spinTransfer = torque({
  type: "spinTransfer",
  title: "constant damping-like and field-like torque, γ a m×(m×p) + γ b m×p",
  source: "J. C. Slonczewski, J. Magn. Magn. Mater. 159, L1 (1996), with a and b given",
  example: { dampingLike: 0.002 },
  arrows: [{ parameter: "polarizer", kind: "polarizer", label: "p" }],
  parameters: {
    dampingLike: { kind: "scalar", unit: "T", meaning: "a; positive turns m away from the polarizer" },
    fieldLike: { kind: "scalar", unit: "T", meaning: "b; positive acts as a field −b along p", default: 0 },
    polarizer: { kind: "direction", unit: "", meaning: "p", default: [0, 0, 1] },
  },
  contribution: ({ dampingLike, fieldLike, polarizer }) => ({
    polarizer,
    dampingLike: (c) => mul(dampingLike, c),
    fieldLike: (c) => mul(fieldLike, c),
  }),
});
