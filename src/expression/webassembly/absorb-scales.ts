import type { Expression } from "../expression.ts";
import { constant, mul } from "../expression.ts";
import { construct } from "../rewrite.ts";
import { type Program, schedule, type Value } from "../schedule.ts";
import { dependsOn } from "./dependence.ts";

type Applied = Value & { readonly kind: "apply" };

/** The constant and the other operand of c·x, or 2 and x for x + x. */
function scaling({ values }: Program, { operator, operands }: Applied): [number, number] | undefined {
  const [x, y] = operands;
  if (operator === "add" && x === y) return [2, x];
  if (operator !== "mul") return undefined;
  for (const [factor, other] of [operands, [y, x]]) {
    const value = values[factor];
    if (value.kind === "constant") return [value.value, other];
  }
  return undefined;
}

/**
 * Number of multiplications that scaling a value by a number costs: none if constants, values computed outside the inner loop, or
 * variates (which can be drawn at any scale) absorb the factor.
 */
function scalingCosts(
  program: Program,
  varying: readonly boolean[],
  isVariate: (name: string) => boolean,
): number[] {
  const costs: number[] = [];
  program.values.forEach((value, index) => {
    const cost = (): number => {
      if (!varying[index]) return 0;
      if (value.kind === "variable") return isVariate(value.name) ? 0 : 1;
      if (value.kind === "constant" || scaling(program, value)) return 0;
      const [first, second, third] = value.operands.map((operand) => costs[operand]);
      if (value.operator === "neg" || value.operator === "div") return first;
      if (value.operator === "add" || value.operator === "sub") return first + second;
      if (value.operator === "select") return second + third;
      if (value.operator === "mul" && value.operands[0] !== value.operands[1]) return Math.min(first, second);
      return 1;
    };
    costs.push(cost());
  });
  return costs;
}

/**
 * Moves constant factors to constants that can absorb them: 0.2·(a·x − (b + y·c)) with numbers a, b, c keeps its form with other numbers,
 * and a multiplication is saved. Compilers may not do this because it rounds differently. In time steps, which scale fields by the step,
 * it saves many multiplications. Values that do not depend on `varies` variables are computed elsewhere and cost nothing here.
 */
export function absorbScales(
  outputs: readonly Expression[],
  varies: (name: string) => boolean,
  isVariate: (name: string) => boolean,
): Expression[] {
  const program = schedule(outputs);
  const { values } = program;
  const varying = dependsOn(program, varies);
  const costs = scalingCosts(program, varying, isVariate);
  const requests = values.map(() => new Set<number>());
  program.outputs.forEach((output) => {
    requests[output].add(1);
  });
  /** The factor by which each value is scaled where it is computed. */
  const scales: number[] = [];
  /** Operands with the scale at which each is needed. */
  const wanted: (readonly (readonly [operand: number, scale: number])[])[] = [];

  for (let index = values.length - 1; index >= 0; index--) {
    const value = values[index];
    // a value that is needed at several scales absorbs one of them, unless it is also needed unscaled
    const [one] = requests[index];
    const absorbs = value.kind === "apply" && varying[index] && costs[index] === 0 && !requests[index].has(1);
    const scale = absorbs ? one : 1;
    scales[index] = scale;
    wanted[index] = value.kind === "apply" ? operandScales(program, value, scale, costs) : [];
    for (const [operand, factor] of wanted[index]) requests[operand].add(factor);
  }

  const built: Expression[] = [];
  const at = ([index, scale]: readonly [number, number]): Expression =>
    scale === scales[index] ? built[index] : mul(constant(scale / scales[index]), built[index]);
  values.forEach((value, index) => {
    if (value.kind === "constant") built.push(constant(value.value));
    else if (value.kind === "variable") built.push({ kind: "variable", name: value.name });
    else if (scaling(program, value)) built.push(at(wanted[index][0]));
    else built.push(construct[value.operator](...wanted[index].map(at)));
  });
  return program.outputs.map((output) => at([output, 1]));
}

function operandScales(
  program: Program,
  value: Applied,
  scale: number,
  costs: readonly number[],
): (readonly [number, number])[] {
  const scaled = scaling(program, value);
  if (scaled) return [[scaled[1], scale * scaled[0]]];
  const [first, second, third] = value.operands;
  if (scale === 1) return value.operands.map((operand) => [operand, 1]);
  switch (value.operator) {
    case "mul":
      return costs[first] <= costs[second]
        ? [
            [first, scale],
            [second, 1],
          ]
        : [
            [first, 1],
            [second, scale],
          ];
    case "div":
      return [
        [first, scale],
        [second, 1],
      ];
    case "select":
      return [
        [first, 1],
        [second, scale],
        [third, scale],
      ];
    default:
      return value.operands.map((operand) => [operand, scale]);
  }
}
