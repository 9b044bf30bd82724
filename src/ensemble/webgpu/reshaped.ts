import { drawnScales } from "../../expression/drawn-scale.ts";
import type { Expression } from "../../expression/expression.ts";
import { unitVariates } from "../../physics/model.ts";
import type { Kernel } from "../kernel.ts";
import type { Lowered } from "../lowered.ts";
import { lowered } from "../lowered.ts";
import { withScalesAbsorbed } from "../tally.ts";
import { mostColumns, tabulate } from "./time-table.ts";

/** A lowered kernel with the scales at which its variates are drawn, and the columns of the table of times (time-table.ts). */
export interface Reshaped extends Lowered {
  readonly scales: Readonly<Record<string, number>>;
  readonly columns: readonly Expression[];
}

/** Saves multiplications, and computations of values that depend on time alone. */
export function reshaped(kernel: Kernel): Reshaped {
  let [scales, columns]: [Reshaped["scales"], Reshaped["columns"]] = [{}, []];
  const parts = lowered(kernel, (always, seldom) => {
    const drawn = drawnScales(withScalesAbsorbed(kernel, [...always, ...seldom]), unitVariates);
    const { outputs } = drawn;
    const table = tabulate(outputs.slice(0, always.length), outputs.slice(always.length));
    scales = drawn.scales;
    if (table.columns.length > mostColumns) return outputs;
    columns = table.columns;
    return [...table.always, ...table.seldom];
  });
  return { ...parts, scales, columns };
}
