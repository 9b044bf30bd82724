import type { Expression } from "../expression/expression.ts";
import { add, mul, sub, variable, variablesOf } from "../expression/expression.ts";
import { rewrite, substitute } from "../expression/rewrite.ts";
import type { Dynamics } from "../physics/dynamics.ts";

const t = variable("t");
const moving = new Set(["mx", "my", "mz"]);

const map = (dynamics: Dynamics, f: (roots: readonly Expression[]) => readonly Expression[]): Dynamics => {
  const [psi, omega, diffusion] = f([dynamics.psi, dynamics.omega, dynamics.diffusion]);
  return { psi, omega, diffusion };
};

/** The dynamics with its drives taken at t + offset. */
export const shifted = (dynamics: Dynamics, offset: number): Dynamics =>
  map(dynamics, (roots) => substitute(roots, { t: add(t, offset) }));

/**
 * The dynamics with each drive replaced by its mean at t − offset and t + offset. A rectangular pulse whose edge
 * falls on a step keeps its area that way. Only factors free of m are doubled, not the whole field.
 */
export const averaged = (dynamics: Dynamics, offset: number): Dynamics =>
  map(dynamics, (roots) =>
    rewrite(roots, (node) => {
      if (node.kind === "constant") return node;
      const names = variablesOf(node);
      if (!names.has("t")) return node;
      if ([...moving].some((name) => names.has(name))) return undefined;
      const [before] = substitute([node], { t: sub(t, offset) });
      const [after] = substitute([node], { t: add(t, offset) });
      return mul(0.5, add(before, after));
    }),
  );
