import { mul, neg } from "../../expression/expression.ts";
import { dot, m, map } from "../../expression/vector.ts";
import { energy } from "../entry.ts";

export const zeeman = energy({
  type: "zeeman",
  title: "external field, −Ms m·B_ext",
  source: "names as in mumax3",
  example: { B_ext: [0.02, 0, 0] },
  arrows: [{ parameter: "B_ext", kind: "field", label: "B" }],
  parameters: {
    B_ext: { kind: "vector", unit: "T", meaning: "flux density of the external field" },
  },
  contribution: ({ B_ext }, { Ms }) =>
    neg(
      dot(
        m,
        map(B_ext, (component) => mul(Ms, component)),
      ),
    ),
});
