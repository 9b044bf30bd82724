import { schedule } from "../../expression/schedule.ts";
import type { Code, ValueType } from "../../expression/webassembly/binary.ts";
import { call, FunctionBuilder } from "../../expression/webassembly/function.ts";
import { f64, i32, v128 } from "../../expression/webassembly/instructions.ts";
import { assembleModule } from "../../expression/webassembly/module.ts";
import { LanePrinter } from "../../expression/webassembly/print.ts";
import { breathe } from "../../linear-algebra/breathe.ts";
import type { Kernel } from "../kernel.ts";
import { chunkLength } from "../kernel.ts";
import { tallyExpressions } from "../tally.ts";
import { clockAt, clocked, isOfClock } from "./clock.ts";
import { countLanes } from "./counting.ts";
import { type Counter, type Layout, layOut, spinsPerTile } from "./layout.ts";
import { advanceTile, stepProgram } from "./step.ts";
import {
  columnOf,
  derivedValues,
  deriveTile,
  eachVector,
  markPresent,
  refreshTile,
  seedTile,
} from "./tile.ts";

/** (tile, firstSpin, step): counts a tile for one view; the mask of present spins is set. */
function viewTile(kernel: Kernel, layout: Layout, counters: readonly Counter[]): FunctionBuilder {
  const f = new FunctionBuilder(["i32", "f64"]);
  const { expressions, hands } = clocked(counters.flatMap(({ tally }) => tallyExpressions(tally)));
  const program = schedule(expressions);
  const clock = clockAt(f, kernel, hands, f.parameter(1).get);
  eachVector(f, (offset) => {
    const place = f.keep(i32.add(f.parameter(0).get, offset), "i32");
    const read = (name: string): Code =>
      isOfClock(name) ? clock(name) : v128.load(place, columnOf(kernel, name));
    const present = f.keep(v128.load(offset, layout.present));
    countLanes(f, new LanePrinter(f, program, read), counters, program.outputs, present);
  });
  return f;
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

/** (tile, tiles, firstSpin, …): runs `inside` for each of several consecutive tiles. */
function eachTile(
  layout: Layout,
  others: readonly ValueType[],
  inside: (f: FunctionBuilder, tile: Code, firstSpin: Code, others: readonly Code[]) => void,
): FunctionBuilder {
  const f = new FunctionBuilder(["i32", "i32", "i32", ...others]);
  const [tile, tiles, firstSpin] = [0, 1, 2].map((i) => f.parameter(i));
  f.loop(tiles.get, () => {
    const rest = others.map((_, i) => f.parameter(3 + i).get);
    inside(f, tile.get, firstSpin.get, rest);
    f.add(tile.set(i32.add(tile.get, i32.constant(layout.tileBytes))));
    f.add(firstSpin.set(i32.add(firstSpin.get, i32.constant(spinsPerTile))));
  });
  return f;
}

/**
 * The WebAssembly module of a kernel. It exports its memory and
 *   advance(tile, tiles, firstSpin, chunk, stepsIntoChunk, steps, step, seed)
 *   view0, view1, …(tile, tiles, firstSpin, step), in the order of the kernel's views.
 * `tile` is the address of the first tile, `step` the number of the first step, as f64. Signals are heard between two parts, because
 * formulas of thousands of operations take seconds.
 */
export async function buildModule(
  kernel: Kernel,
  relaxed: boolean,
): Promise<{ module: Uint8Array<ArrayBuffer>; layout: Layout }> {
  const program = stepProgram(kernel);
  const layout = layOut(kernel, derivedValues(kernel, program).length);
  await breathe();
  const parts: Record<string, FunctionBuilder> = {
    mark: markPresent(kernel, layout),
    seed: seedTile(kernel, layout),
    refresh: refreshTile(kernel),
    derive: deriveTile(kernel, layout, program),
    run: advanceTile(kernel, layout, program, { relaxed, sampling: false }),
  };
  await breathe();
  const periods = program.samples.map(({ every }) => every);
  if (periods.length > 0) parts.sample = advanceTile(kernel, layout, program, { relaxed, sampling: true });
  const views = [...layout.views.values()];
  for (const [i, counters] of views.entries()) {
    await breathe();
    parts[`viewTile${i}`] = viewTile(kernel, layout, counters);
  }
  await breathe();
  const indices = Object.keys(parts);
  const callPart = (name: string, ...operands: Code[]): Code => call(indices.indexOf(name), ...operands);
  parts.advance = eachTile(
    layout,
    ["i32", "i32", "i32", "f64", "i32"],
    (f, tile, firstSpin, [chunk, into, steps, step, seed]) => {
      if (layout.watch.length > 0) f.add(callPart("mark", tile, firstSpin));
      if (kernel.variates !== "none") f.add(callPart("seed", tile, firstSpin, chunk, into, seed));
      f.add(callPart("derive", tile));
      f.when(i32.equalsZero(into), () => f.add(callPart("refresh", tile, step)));
      if (periods.length === 0) return f.add(callPart("run", tile, steps, step));
      // one step with a sample if one is due, else all steps up to the next at which one may be due
      const period = periods.reduce(greatestCommonDivisor);
      const [now, length, due] = [f.local("i32"), f.local("i32"), f.local("i32")];
      const end = f.keep(
        i32.add(i32.add(i32.multiply(chunk, i32.constant(chunkLength)), into), steps),
        "i32",
      );
      f.add(now.set(i32.subtract(end, steps)));
      f.repeat(() => {
        const at = f64.fromUnsigned(now.get);
        const isDue = (every: number): Code =>
          i32.equalsZero(i32.remainderUnsigned(now.get, i32.constant(every)));
        const bits = periods.map((every, k) => i32.shiftLeft(isDue(every), i32.constant(k)));
        f.add(due.set(bits.reduce((x, y) => i32.or(x, y))));
        f.add(length.set(i32.constant(1)));
        f.when(due.get, () => f.add(callPart("sample", tile, due.get, at)));
        f.when(i32.equalsZero(due.get), () => {
          const toSample = i32.subtract(
            i32.constant(period),
            i32.remainderUnsigned(now.get, i32.constant(period)),
          );
          f.add(length.set(toSample));
          const left = f.keep(i32.subtract(end, now.get), "i32");
          f.add(length.set(i32.select(left, length.get, i32.lessUnsigned(left, length.get))));
          f.add(callPart("run", tile, length.get, at));
        });
        f.add(now.set(i32.add(now.get, length.get)));
        return i32.lessUnsigned(now.get, end);
      });
    },
  );
  views.forEach((_, i) => {
    parts[`view${i}`] = eachTile(layout, ["f64"], (f, tile, firstSpin, [step]) =>
      f.add(callPart("mark", tile, firstSpin), callPart(`viewTile${i}`, tile, step)),
    );
  });
  return { module: assembleModule(parts, layout.tiles), layout };
}
