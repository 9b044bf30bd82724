import { add, div, mul, square, sub } from "../../expression/expression.ts";
import { decompose } from "../decompose.ts";
import { torque } from "../entry.ts";

/** Largest residual of the decomposition; a field with more is not smooth on the sphere. */
const largestResidual = 1e-6;

export const field = torque({
  type: "field",
  title: "any torque typed as a vector field on the sphere, split into χ and Φ (Helmholtz)",
  source:
    "J.-E. Wegrowe, Spin transfer from the point of view of the ferromagnetic degrees of freedom, Eq. 44",
  example: { torque: ["0", "0", "0"] },
  parameters: {
    torque: {
      kind: "field",
      unit: "1/s",
      meaning: "x, y and z components; only the part perpendicular to m counts",
    },
    form: {
      kind: "choice",
      unit: "",
      choices: ["gilbert", "explicit"],
      default: "gilbert",
      meaning:
        "gilbert: a term of the Gilbert equation, dm/dt = … + α m×dm/dt + torque; explicit: added to dm/dt after that equation is solved for it",
    },
    strength: { kind: "scalar", unit: "1", meaning: "factor, which may be driven or spread", default: 1 },
    parameters: { kind: "named", unit: "", meaning: "values of the names in the formulas, plain numbers" },
  },
  rules: ({ parameters }) =>
    Object.entries(parameters)
      .filter(([, value]) => typeof value !== "number")
      .map(([name]) => ({ path: `parameters.${name}`, rule: "must be a number; put drives into strength" })),
  contribution({ torque: components, form, strength }, { alpha }) {
    const { chi, phi, residual, degree } = decompose(components);
    if (!(residual <= largestResidual))
      throw new RangeError(
        `must be smooth on the sphere: harmonics up to degree ${degree} leave ${residual.toExponential(1)} of it`,
      );
    if (form === "explicit") return { chi: mul(strength, chi), phi: mul(strength, phi) };
    // solving dm/dt = τ + α m×dm/dt gives (τ + α m×τ)/(1+α²), and m×(−∇g + m×∇h) = −∇h − m×∇g
    const factor = div(strength, add(1, square(alpha)));
    return {
      chi: mul(factor, add(chi, mul(alpha, phi))),
      phi: mul(factor, sub(phi, mul(alpha, chi))),
    };
  },
});
