import type { Expression } from "../expression/expression.ts";
import type { Kernel, Tally } from "./kernel.ts";

/** Values of a sum are counted in units of (high − low)·2^−24. */
export const gridSize = 0x1000000;

/** What has to be printed of a tally: its condition if it has one, then its bin or value. */
export const tallyExpressions = (tally: Tally): Expression[] => [
  ...(tally.when ? [tally.when] : []),
  tally.kind === "histogram" ? tally.index : tally.value,
];

/** Names that a kernel's variables have in printed text: prefixed, so that they meet no name of the machinery. */
export function localNames(kernel: Kernel): (name: string) => string {
  const names = new Map([
    ...kernel.state.map((name) => [name, `s_${name}`] as const),
    ...kernel.parameters.map((name) => [name, `p_${name}`] as const),
  ]);
  return (name) => names.get(name) ?? name;
}
