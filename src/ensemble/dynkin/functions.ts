import type { Problem } from "../../experiment/problem.ts";
import type { Expression } from "../../expression/expression.ts";
import { mul } from "../../expression/expression.ts";
import { m, magnetization, pairs } from "../../expression/vector.ts";
import type { Scheme } from "../../integrators/index.ts";
import { noDynamics } from "../../physics/dynamics.ts";
import { generatorOf } from "../../physics/generator.ts";
import { boundOf } from "../bound-of.ts";
import type { Tally } from "../kernel.ts";
import { seen } from "../observers/observer.ts";

/** The functions f that Dynkin's formula is tested on: m, then m m. */
export const functions: readonly Expression[] = [...m, ...pairs.map(([i, j]) => mul(m[i], m[j]))];
export const functionNames: readonly string[] = [
  ...magnetization,
  ...pairs.map(([i, j]) => (i === j ? `${magnetization[i]}²` : `${magnetization[i]} ${magnetization[j]}`)),
];

/** L f of each function. */
export const generated = ({ dynamics }: Pick<Problem, "dynamics">): Expression[] =>
  functions.map(generatorOf(dynamics));

/** The three parts of L f. */
export const partNames = ["relaxation", "precession", "diffusion"] as const;

/** The parts of L f: all functions' relaxation, then all their precession, then all their diffusion. */
export const partsOfGenerator = ({ dynamics: { psi, omega, diffusion } }: Problem): Expression[] =>
  [
    { ...noDynamics, psi },
    { ...noDynamics, omega },
    { ...noDynamics, diffusion },
  ].flatMap((dynamics) => generated({ dynamics }));

/** Names of the views. They cannot coincide with views of observables, whose prefix has no colon. */
export const values = "dynkin: f";
export const rates = "dynkin: Lf";

/** Counters for the ensemble means of f and of L f, with the bounds by which the latter are scaled. */
export function dynkinViews(
  problem: Problem,
  scheme: Scheme,
  of: readonly Expression[],
): { views: Readonly<Record<string, readonly Tally[]>>; bounds: readonly number[] } {
  const bounds = of.map((f) => boundOf(f, problem));
  const sum = (f: Expression): Tally => ({ kind: "sum", value: seen(scheme, f), low: -1, high: 1 });
  return {
    views: { [values]: functions.map(sum), [rates]: of.map((f, i) => sum(mul(1 / bounds[i], f))) },
    bounds,
  };
}
