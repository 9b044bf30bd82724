import type { Kernel } from "../ensemble/kernel.ts";
import { reshaped } from "../ensemble/webgpu/reshaped.ts";
import type { Operator } from "../expression/expression.ts";
import { schedule } from "../expression/schedule.ts";
import { sumChain } from "../expression/sum-chain.ts";

/** Instructions for half a draw of sfc32, three variates and an eighth of the loop's end, counted in compiled CUDA for sm_90. */
const drawing = 16;
/** Operators that are not one instruction: a reciprocal or its root, and a product. */
const several: Partial<Record<Operator, number>> = { div: 2, sqrt: 2, neg: 0 };
const functions: ReadonlySet<Operator> = new Set([
  "sin",
  "cos",
  "asin",
  "acos",
  "atan2",
  "exp",
  "log",
  "log1p",
  "tanh",
]);

/**
 * Instructions of one step of a kernel as it is printed for GPUs, which multiply and add in one instruction. Samples and events are not
 * counted. Undefined if the step has functions or noise whose instructions differ between devices. Compiled CUDA of the same text has
 * 74.1, 76.3 and 100.1 for the bench's bare loop, torque and typed energy (nvcc 13.0, sm_90, eight steps a turn).
 */
export function instructionsPerStep(kernel: Kernel): number | undefined {
  if (kernel.variates === "gaussian") return undefined;
  const { step, columns } = reshaped(kernel);
  const program = schedule(step);
  const isShared = (index: number): boolean => program.values[index].uses > 1;
  const counted = new Set<number>();
  let known = true;
  const count = (index: number): number => {
    const value = program.values[index];
    if (value.kind !== "apply" || counted.has(index)) return 0;
    counted.add(index);
    if (functions.has(value.operator)) known = false;
    const [lead, ...rest] = sumChain(program, index, { has: isShared });
    if (!lead) return value.operands.reduce((sum, x) => sum + count(x), several[value.operator] ?? 1);
    // one instruction computes a product and adds it
    return rest.reduce((sum, term) => sum + count(term.value) + (term.factors ? 0 : 1), count(lead.value));
  };
  const total = program.outputs.reduce((sum, output) => sum + count(output), 0);
  const loads = Math.ceil(columns.length / 4);
  return known ? total + loads + (kernel.variates === "dyadic" ? drawing : 1) : undefined;
}
