import type { Expression } from "../../expression/expression.ts";
import { mul, square } from "../../expression/expression.ts";
import type { Vector } from "../../expression/vector.ts";
import { dot, m } from "../../expression/vector.ts";
import { vacuumPermeability } from "../constants.ts";
import { energy } from "../entry.ts";
import type { Magnet } from "../magnet.ts";

/** ½ μ0 Ms² m·N·m. */
export const demagnetizingEnergy = (N: readonly [Vector, Vector, Vector], { Ms }: Magnet): Expression =>
  mul(mul(vacuumPermeability / 2, square(Ms)), dot(m, [dot(N[0], m), dot(N[1], m), dot(N[2], m)]));

export const shape = energy({
  type: "shape",
  title: "shape anisotropy by the demagnetizing tensor, ½ μ0 Ms² m·N·m",
  source: "J. A. Osborn, Phys. Rev. 67, 351 (1945)",
  needsUnits: true,
  example: { tensor: [0, 0, 1] },
  parameters: {
    tensor: {
      kind: "tensor",
      unit: "1",
      meaning: "demagnetizing tensor N, symmetric, trace 1; or its diagonal: [0, 0, 1] for a film",
    },
  },
  rules({ tensor: [x, y, z] }) {
    const broken = [];
    const skew = Math.max(Math.abs(x[1] - y[0]), Math.abs(y[2] - z[1]), Math.abs(z[0] - x[2]));
    if (skew > 1e-9) broken.push({ path: "tensor", rule: "must be symmetric" });
    const trace = x[0] + y[1] + z[2];
    if (Math.abs(trace - 1) > 1e-3)
      broken.push({ path: "tensor", rule: `must have the trace 1, has ${Number(trace.toPrecision(6))}` });
    return broken;
  },
  contribution: ({ tensor }, magnet) => demagnetizingEnergy(tensor, magnet),
});
