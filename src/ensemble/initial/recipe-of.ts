import type { Problem } from "../../experiment/problem.ts";
import { compileVector } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { constant, sub, variable, variablesOf } from "../../expression/expression.ts";
import { substitute } from "../../expression/rewrite.ts";
import { magnetization } from "../../expression/vector.ts";
import { spreadPoints } from "../../numerics/sphere-points.ts";
import type { Spread } from "../../physics/spread.ts";
import { spreadValueAt, spreadValueBy, variateOf } from "../../physics/spread.ts";
import type { Register } from "../observers/observer.ts";
import type { Box, Sampler } from "./boltzmann.ts";
import { sharedTries } from "./boltzmann.ts";
import type { Recipe, StartBox, StartLaw } from "./recipe.ts";
import { startReference, startVariate } from "./recipe.ts";

/** Fewest spins that a device draws: the host draws fewer before a shader is compiled. */
export const fewestOnDevice = 1 << 18;
/** Largest sum of an energy's terms, kT: float32 rounds each to a part in 10⁷, which changes a density by less than a part in 10⁴. */
const mostEnergy = 1000;

/** Terms of a sum. */
function termsOf(x: Expression): Expression[] {
  if (x.kind !== "apply" || !["add", "sub", "neg"].includes(x.operator)) return [x];
  return x.operands.flatMap(termsOf);
}

/** Whether float32 is fine enough for a Boltzmann factor of this energy anywhere on the sphere, at parameters within their reach. */
function isFineInSingle(energyOverKT: Expression, spreads: readonly Spread[]): boolean {
  const terms = termsOf(energyOverKT);
  const evaluate = compileVector(terms, [...magnetization, ...spreads.map(({ name }) => name)]);
  const values = new Float64Array(terms.length);
  const used = variablesOf(energyOverKT);
  let corners: number[][] = [[]];
  for (const spread of spreads) {
    const { reach } = variateOf(spread);
    const ends = used.has(spread.name) ? [-reach, 0, reach] : [0];
    corners = corners.flatMap((corner) => ends.map((x) => [...corner, spreadValueAt(spread, x)]));
  }
  return spreadPoints(200).every(([x, y, z]) =>
    corners.every((corner) => {
      evaluate(values, 0, x, y, z, ...corner);
      return values.reduce((sum, value) => sum + Math.abs(value), 0) <= mostEnergy;
    }),
  );
}

/** A box in the form that a device uses. */
function startBoxOf(box: Box | undefined): StartBox {
  if (!box) return { patches: [], thresholds: new Uint32Array(0), reference: [0, 0, 1] };
  const { draw, reference } = box;
  const { patches, cumulative } = draw;
  const total = cumulative[cumulative.length - 1];
  return {
    patches: patches.map(({ mz, phi, lowest, inside }) => ({ mz, phi, lowest, isInside: inside === true })),
    // a word w means the number (w + 1/2)/2³²
    thresholds: Uint32Array.from(cumulative, (weight) =>
      Math.min(0xffffffff, Math.ceil((weight / total) * 0x100000000 - 0.5)),
    ),
    reference: [...reference],
  };
}

function lawOf({ initial, spreads }: Problem, sampler: Sampler): StartLaw | undefined {
  if ("direction" in initial) return { kind: "given" };
  if ("isotropic" in initial) return { kind: "isotropic" };
  const { energyOverKT } = initial;
  const known = [...magnetization, ...spreads.map(({ name }) => name)];
  if (!sampler.bounds || [...variablesOf(energyOverKT)].some((name) => !known.includes(name)))
    return undefined;
  if (!isFineInSingle(energyOverKT, spreads)) return undefined;
  const bounds = sampler.bounds();
  if (!bounds) return undefined;
  const { divisions } = bounds;
  const varied = bounds.varied.map((i) => spreads[i].name);
  const boxes = bounds.boxes.map(startBoxOf);
  const reference = varied.length > 0 ? startReference.map(variable) : boxes[0].reference.map(constant);
  const [floor] = substitute(
    [energyOverKT],
    Object.fromEntries(magnetization.map((name, i) => [name, reference[i]])),
  );
  return { kind: "bounded", boxes, varied, divisions, excess: sub(energyOverKT, floor), tries: sharedTries };
}

/**
 * How a device draws the same as `fillingOf`; undefined if only the host does: for few spins, for models of several spins, and for an
 * energy that needs more digits than float32, or that depends so strongly on the parameters that too many bounds would be needed.
 * `stored` are the first state variables as functions of the drawn direction.
 */
export function recipeOf(
  problem: Problem,
  sampler: Sampler,
  stored: readonly Expression[],
  registers: readonly Register[],
): Recipe | undefined {
  if (problem.ensemble < fewestOnDevice) return undefined;
  if (stored.length !== magnetization.length) return undefined;
  const law = lawOf(problem, sampler);
  if (!law) return undefined;
  const { seed, initial, spreads } = problem;
  const given =
    "direction" in initial
      ? Object.fromEntries(magnetization.map((name, i) => [name, initial.direction[i]]))
      : {};
  return {
    seed,
    first: 0,
    law,
    parameters: spreads.map((spread, number) => ({
      name: spread.name,
      value: spreadValueBy(spread, variable(startVariate)),
      variate: {
        number,
        isUniform: spread.distribution === "uniform",
        reach: variateOf(spread).reach,
      },
    })),
    columns: [
      ...substitute(stored, { t: 0, ...given }),
      ...registers.map((register) => {
        const { initial: value } = register;
        if (typeof value === "number") return constant(value);
        return (first: number, count: number) =>
          Float64Array.from({ length: count }, (_, i) => value(first + i, seed));
      }),
    ],
  };
}
