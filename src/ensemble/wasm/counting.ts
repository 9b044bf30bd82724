import type { Code } from "../../expression/webassembly/binary.ts";
import type { FunctionBuilder } from "../../expression/webassembly/function.ts";
import { f32x4, i32, i32x4, i64, i64x2, v128 } from "../../expression/webassembly/instructions.ts";
import { number } from "../../expression/webassembly/polynomials.ts";
import type { LanePrinter } from "../../expression/webassembly/print.ts";
import type { Tally } from "../kernel.ts";
import { gridSize, tallyExpressions } from "../tally.ts";
import { type Counter, lanes } from "./layout.ts";

/** Counts lane by lane: bins of different lanes may coincide. Lanes outside the mask count in the spare bin. */
function countBins(f: FunctionBuilder, index: Code, mask: Code, bins: number, address: number): void {
  const bin = i32x4.minimumUnsigned(i32x4.truncate(index), f.constant(v128.words(bins - 1)));
  const counted = v128.bitselect(bin, f.constant(v128.words(bins)), mask);
  const place = f.keep(i32x4.shiftLeft(counted, 3));
  for (let lane = 0; lane < lanes; lane++) {
    const at = f.keep(i32x4.extractLane(place, lane), "i32");
    f.add(i64.store(at, i64.add(i64.load(at, address), i64.constant(1)), address));
  }
}

/** Adds whole multiples of the grid, so that no order of adding can change the sum. */
function addUp(
  f: FunctionBuilder,
  value: Code,
  mask: Code,
  tally: Tally & { kind: "sum" },
  address: number,
): void {
  const { low, high } = tally;
  const scaled = f32x4.multiply(f32x4.subtract(value, number(f, low)), number(f, gridSize / (high - low)));
  const clamped = f32x4.maximum(f32x4.minimum(scaled, number(f, gridSize)), number(f, 0));
  const amount = f.keep(v128.and(i32x4.truncate(f32x4.nearest(clamped)), mask));
  const pairs = i64x2.add(i64x2.extendLowUnsigned(amount), i64x2.extendHighUnsigned(amount));
  const here = i32.constant(0);
  f.add(v128.store(here, i64x2.add(v128.load(here, address), pairs), address));
  const counted = i64.fromUnsigned(i32.populationCount(i32x4.bitmask(mask)));
  f.add(i64.store(here, i64.add(i64.load(here, address + 16), counted), address + 16));
}

/**
 * Feeds the counters with four spins. `outputs` are the places of their expressions in the program, in the order of `tallyExpressions`;
 * `present` masks lanes without a spin. An amount under a condition is computed only if some lane fulfils it.
 */
export function countLanes(
  f: FunctionBuilder,
  printer: LanePrinter,
  counters: readonly Counter[],
  outputs: readonly number[],
  present: Code,
): void {
  let from = 0;
  for (const { tally, address } of counters) {
    const condition = tally.when && outputs[from];
    from += tallyExpressions(tally).length;
    const amount = outputs[from - 1];
    const count = (inner: LanePrinter, mask: Code): void => {
      if (tally.kind === "bins") countBins(f, inner.value(amount), mask, tally.bins, address);
      else addUp(f, inner.value(amount), mask, tally, address);
    };
    if (condition === undefined) count(printer, present);
    else {
      const mask = f.keep(v128.and(printer.value(condition), present));
      f.when(v128.anyTrue(mask), () => count(printer.fork(), mask));
    }
  }
}
