import type { Problem } from "../../experiment/problem.ts";
import { compileVector } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { constant, sub, variablesOf } from "../../expression/expression.ts";
import { substitute } from "../../expression/rewrite.ts";
import { magnetization } from "../../expression/vector.ts";
import { spreadPoints } from "../../numerics/sphere-points.ts";
import type { Register } from "../observers/observer.ts";
import type { Sampler } from "./boltzmann.ts";
import { sharedTries } from "./boltzmann.ts";
import type { Recipe, StartLaw } from "./recipe.ts";

/** Of fewer spins the host has drawn all before a shader is compiled. */
export const fewestOnDevice = 1 << 18;
/** Largest sum of an energy's terms, kT: float32 rounds each to a part in 10⁷, which changes a density by less than a part in 10⁴. */
const mostEnergy = 1000;

/** Terms of a sum. */
function termsOf(x: Expression): Expression[] {
  if (x.kind !== "apply" || !["add", "sub", "neg"].includes(x.operator)) return [x];
  return x.operands.flatMap(termsOf);
}

/** Whether float32 is fine enough for a Boltzmann factor of this energy anywhere on the sphere. */
function isFineInSingle(energyOverKT: Expression): boolean {
  const terms = termsOf(energyOverKT);
  const evaluate = compileVector(terms, magnetization);
  const values = new Float64Array(terms.length);
  return spreadPoints(200).every(([x, y, z]) => {
    evaluate(values, 0, x, y, z);
    return values.reduce((sum, value) => sum + Math.abs(value), 0) <= mostEnergy;
  });
}

function lawOf({ initial }: Problem, { bound }: Sampler): StartLaw | undefined {
  if ("direction" in initial) return { kind: "given" };
  if ("isotropic" in initial) return { kind: "isotropic" };
  const { energyOverKT } = initial;
  if (!bound || [...variablesOf(energyOverKT)].some((name) => !magnetization.includes(name)))
    return undefined;
  if (!isFineInSingle(energyOverKT)) return undefined;
  const { draw, floor } = bound();
  const { patches, cumulative } = draw;
  const total = cumulative[cumulative.length - 1];
  return {
    kind: "bounded",
    patches: patches.map(({ mz, phi, lowest, inside }) => ({ mz, phi, lowest, isInside: inside === true })),
    // a word w stands for (w + 1/2)/2³²
    thresholds: Uint32Array.from(cumulative, (weight) =>
      Math.min(0xffffffff, Math.ceil((weight / total) * 0x100000000 - 0.5)),
    ),
    excess: sub(energyOverKT, floor),
    tries: sharedTries,
  };
}

/**
 * How a device draws what `fillingOf` fills; undefined where only the host does: few spins, parameters that differ from spin to spin,
 * several spins in one model, or an energy that float32 is too coarse for. `stored` are the first state variables by what was drawn.
 */
export function recipeOf(
  problem: Problem,
  sampler: Sampler,
  stored: readonly Expression[],
  registers: readonly Register[],
): Recipe | undefined {
  if (problem.ensemble < fewestOnDevice || problem.spreads.length > 0) return undefined;
  if (stored.length !== magnetization.length) return undefined;
  const law = lawOf(problem, sampler);
  if (!law) return undefined;
  const { seed } = problem;
  return {
    seed,
    first: 0,
    law,
    columns: [
      ...substitute(stored, { t: 0 }),
      ...registers.map((register) => {
        const { initial: value } = register;
        if (typeof value === "number") return constant(value);
        return (first: number, count: number) =>
          Float64Array.from({ length: count }, (_, i) => value(first + i, seed));
      }),
    ],
  };
}
