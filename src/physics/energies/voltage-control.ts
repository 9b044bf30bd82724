import { div, mul, square } from "../../expression/expression.ts";
import { dot, m } from "../../expression/vector.ts";
import { energy } from "../entry.ts";

export const voltageControl = energy({
  type: "voltageControl",
  title: "voltage-controlled anisotropy: the field E changes Ku1 by −ξE/t",
  source: "T. Nozaki et al., Micromachines 10, 327 (2019)",
  needsUnits: true,
  example: { xi: 1e-13, E: 1e8, thickness: 1.5e-9 },
  arrows: [{ parameter: "anisU", kind: "axis", label: "u" }],
  parameters: {
    xi: { kind: "scalar", unit: "J/(V m)", meaning: "coefficient ξ; with positive ξ positive E lowers Ku1" },
    E: { kind: "scalar", unit: "V/m", meaning: "electric field in the barrier" },
    thickness: { kind: "scalar", unit: "m", meaning: "thickness t of the free layer", above: 0 },
    anisU: { kind: "direction", unit: "", meaning: "axis u of the anisotropy", default: [0, 0, 1] },
  },
  contribution: ({ xi, E, thickness, anisU }) => mul(div(mul(xi, E), thickness), square(dot(m, anisU))),
});
