import { compileVector } from "../../expression/compile.ts";
import type { Kernel, Tally } from "../kernel.ts";
import { gridSize, tallyExpressions } from "../tally.ts";
import { slots } from "./program.ts";

/** Counters of one set of tallies: bins, or [sum on the grid, count]. */
export type TallyArrays = readonly Float64Array[];

export const zeroed = (tallies: readonly Tally[]): TallyArrays =>
  tallies.map((tally) => new Float64Array(tally.kind === "bins" ? tally.bins : 2));

/** One event: a bin number, or a value in grid units. */
function count(tally: Tally, counter: Float64Array, amount: number): void {
  if (tally.kind === "bins") counter[amount]++;
  else {
    counter[0] += amount;
    counter[1]++;
  }
}

/** Whether no spin had more events than a call returns. */
export const complete = (quads: readonly Float64Array[] | readonly Float32Array[]): boolean =>
  quads.every((quad) => quad[0] <= slots);

/** Adds the events of one tally that a call returned. */
export function addEvents(tally: Tally, counter: Float64Array, quads: readonly Float32Array[]): void {
  for (const quad of quads) for (let i = 1; i <= quad[0]; i++) count(tally, counter, quad[i]);
}

/** Counts the present state of one block of spins in float64. */
export type CountSample = (
  counters: TallyArrays,
  time: number,
  state: readonly ArrayLike<number>[],
  parameters: readonly ArrayLike<number>[],
) => void;

export function compileSample(kernel: Kernel, tallies: readonly Tally[]): CountSample {
  const expressions = tallies.flatMap(tallyExpressions);
  const evaluate = compileVector(expressions, [...kernel.state, ...kernel.parameters, "t"]);
  const out = new Float64Array(expressions.length);
  return (counters, time, state, parameters) => {
    const columns = [...state, ...parameters];
    const values = new Array<number>(columns.length + 1);
    values[columns.length] = time;
    for (let place = 0; place < columns[0].length; place++) {
      for (let i = 0; i < columns.length; i++) values[i] = columns[i][place];
      evaluate(out, 0, ...values);
      let at = 0;
      tallies.forEach((tally, i) => {
        const wanted = tally.when ? out[at++] !== 0 : true;
        const value = out[at++];
        if (!wanted) return;
        if (tally.kind === "bins") count(tally, counters[i], Math.min(Math.trunc(value), tally.bins - 1));
        else {
          const onGrid = Math.round((value - tally.low) * (gridSize / (tally.high - tally.low)));
          count(tally, counters[i], Math.min(Math.max(onGrid, 0), gridSize));
        }
      });
    }
  };
}
