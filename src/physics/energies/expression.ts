import { mx, my, mz } from "../../expression/vector.ts";
import { energy } from "../entry.ts";

export const expression = energy({
  type: "expression",
  title: "any energy density typed as a formula",
  source: "the user",
  example: { density: `1e4*${mx}^2` },
  parameters: {
    density: {
      kind: "expression",
      unit: "J/m³",
      meaning: `formula of ${mx}, ${my}, ${mz}, theta, phi, t and the names in parameters`,
    },
    parameters: { kind: "named", unit: "", meaning: "values of the names in the formula" },
  },
  contribution: ({ density }) => density,
});
