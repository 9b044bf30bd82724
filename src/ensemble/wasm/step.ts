import type { Program } from "../../expression/schedule.ts";
import { schedule } from "../../expression/schedule.ts";
import type { Code } from "../../expression/webassembly/binary.ts";
import { outermost } from "../../expression/webassembly/dependence.ts";
import { FunctionBuilder } from "../../expression/webassembly/function.ts";
import { f64, i32, v128 } from "../../expression/webassembly/instructions.ts";
import { LanePrinter } from "../../expression/webassembly/print.ts";
import type { Kernel } from "../kernel.ts";
import { countLanes, tallyExpressions } from "./counting.ts";
import { columnBytes, type Layout, vectorBytes } from "./layout.ts";
import { columnOf, derivedValues, loadWords, storeWords, timeOf } from "./tile.ts";
import { drawVariates } from "./variates.ts";

/** The step and what is counted at each step, as one program. */
export const stepProgram = (kernel: Kernel): Program =>
  schedule([...kernel.step, ...kernel.watch.flatMap(tallyExpressions)]);

/**
 * A variate that is only ever read times one number is drawn with that number as its scale: the product comes
 * free. Returns the place of the product.
 */
function scaledVariate(program: Program, name: string): { product: number; scale: number } | undefined {
  const { values, outputs } = program;
  const place = values.findIndex((value) => value.kind === "variable" && value.name === name);
  if (place < 0 || values[place].uses !== 1 || outputs.includes(place)) return undefined;
  const product = values.findIndex((value) => value.kind === "apply" && value.operands.includes(place));
  const value = values[product];
  if (value.kind !== "apply" || value.operator !== "mul") return undefined;
  const factor = values[value.operands.find((operand) => operand !== place) ?? place];
  return factor.kind === "constant" ? { product, scale: factor.value } : undefined;
}

/** (tile, steps, step): advances a tile; the loop over its vectors is inside the loop over steps. */
export function advanceTile(
  kernel: Kernel,
  layout: Layout,
  program: Program,
  relaxed: boolean,
  interleaved = 1,
): FunctionBuilder {
  const f = new FunctionBuilder(["i32", "i32", "f64"], relaxed);
  const [tile, steps, step] = [0, 1, 2].map((i) => f.parameter(i));
  const scaled = new Map(["xi1", "xi2", "xi3"].map((name) => [name, scaledVariate(program, name)]));
  const derived = derivedValues(kernel, program);
  f.loop(steps.get, () => {
    const outer = new LanePrinter(f, program, () => timeOf(f, kernel, step.get));
    for (const value of outermost(program, (name) => name !== "t")) outer.value(value);
    f.loop(
      i32.constant(columnBytes),
      (offset) => {
        const place = f.keep(i32.add(tile.get, offset), "i32");
        const vectors = Array.from({ length: interleaved }, (_, u) => {
          const more = u * vectorBytes;
          let variates: ReadonlyMap<string, Code> = new Map();
          if (kernel.variates !== "none") {
            const scale = (name: string): number => scaled.get(name)?.scale ?? 1;
            const drawn = drawVariates(f, kernel.variates, loadWords(f, layout, offset, more), scale);
            storeWords(f, layout, offset, drawn.next, more);
            variates = drawn.variates;
          }
          const printer = outer.fork((name) => {
            const column = columnOf(kernel, name);
            return column === undefined ? variates.get(name)! : v128.load(place, column + more);
          });
          derived.forEach((value, i) => {
            printer.bind(value, f.keep(v128.load(offset, layout.derived + i * columnBytes + more)));
          });
          for (const [name, variate] of variates) {
            const product = scaled.get(name)?.product;
            if (product !== undefined) printer.bind(product, variate);
          }
          return { printer, more };
        });
        const next = program.outputs
          .slice(0, kernel.state.length)
          .map((output) => vectors.map(({ printer }) => printer.value(output)));
        for (const { printer, more } of vectors) {
          if (layout.watch.length === 0) continue;
          const present = f.keep(v128.load(offset, layout.present + more));
          countLanes(f, printer, layout.watch, program.outputs.slice(kernel.state.length), present);
        }
        next.forEach((values, i) => {
          values.forEach((value, u) => {
            f.add(v128.store(place, value, i * columnBytes + vectors[u].more));
          });
        });
      },
      interleaved * vectorBytes,
    );
    f.add(step.set(f64.add(step.get, f64.constant(1))));
  });
  return f;
}
