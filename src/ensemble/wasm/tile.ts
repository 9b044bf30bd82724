import type { Program } from "../../expression/schedule.ts";
import { schedule } from "../../expression/schedule.ts";
import type { Code } from "../../expression/webassembly/binary.ts";
import { outermost } from "../../expression/webassembly/dependence.ts";
import { FunctionBuilder, type Local } from "../../expression/webassembly/function.ts";
import { i32, i32x4, v128 } from "../../expression/webassembly/instructions.ts";
import { LanePrinter } from "../../expression/webassembly/print.ts";
import { drawing } from "../../random/streams.ts";
import type { Kernel } from "../kernel.ts";
import { clockAt, clocked, isOfClock } from "./clock.ts";
import { columnBytes, type Layout, numbersOf, vectorBytes } from "./layout.ts";
import { seedStreams, sfc32, type Words } from "./streams.ts";

/* Functions that prepare the scratch area for one tile, and what all functions on tiles share. */

/** Bytes from the address of a vector in the first column to the same spins' value of that name. */
export function columnOf(kernel: Kernel, name: string): number {
  const index = [...kernel.state, ...kernel.parameters].indexOf(name);
  if (index < 0) throw new Error(`the kernel has no variable ${name}`);
  return index * columnBytes;
}

/** Runs `inside` for each vector of a tile; `offset` is its distance in bytes from the start of a column. */
export const eachVector = (f: FunctionBuilder, inside: (offset: Code) => void): void =>
  f.loop(i32.constant(columnBytes), inside, vectorBytes);

/** Numbers of four spins of a tile; `firstSpin` is used if spins keep their places. */
const spinNumbers = (f: FunctionBuilder, kernel: Kernel, tile: Code, firstSpin: Code, offset: Code): Code => {
  const column = numbersOf(kernel);
  if (column !== undefined) return f.keep(v128.load(i32.add(tile, offset), column));
  const first = i32.add(firstSpin, i32.shiftRight(offset, i32.constant(2)));
  return f.keep(i32x4.add(i32x4.splat(first), f.constant(v128.constant(0, 1, 2, 3))));
};

/** (tile, firstSpin): masks the lanes that hold spins. */
export function markPresent(kernel: Kernel, layout: Layout): FunctionBuilder {
  const f = new FunctionBuilder(["i32", "i32"]);
  const spins = f.constant(v128.words(kernel.spins));
  eachVector(f, (offset) => {
    const numbers = spinNumbers(f, kernel, f.parameter(0).get, f.parameter(1).get, offset);
    f.add(v128.store(offset, i32x4.lessUnsigned(numbers, spins), layout.present));
  });
  return f;
}

export const loadWords = (f: FunctionBuilder, layout: Layout, offset: Code): Words => {
  const load = (i: number): Code => f.keep(v128.load(offset, layout.streams + i * columnBytes));
  return [load(0), load(1), load(2), load(3)];
};

export const storeWords = (f: FunctionBuilder, layout: Layout, offset: Code, words: Words): void =>
  words.forEach((word, i) => {
    f.add(v128.store(offset, word, layout.streams + i * columnBytes));
  });

/** Number of vectors whose streams skip the draws of earlier steps together; with one, every draw would wait for the previous one. */
const vectorsAtOnce = 2;

/** (tile, firstSpin, chunk, skipped, seed): the noise streams of a tile, after the draws of the chunk's first steps. */
export function seedTile(kernel: Kernel, layout: Layout): FunctionBuilder {
  const f = new FunctionBuilder(["i32", "i32", "i32", "i32", "i32"]);
  const [tile, firstSpin, chunk, skipped, number] = [0, 1, 2, 3, 4].map((i) => f.parameter(i).get);
  const seed = f.keep(i32x4.splat(number));
  const { firstSpin: ahead = 0 } = kernel;
  const { words, steps } = drawing[kernel.variates];
  const all = i32.multiply(skipped, i32.constant(words));
  const draws = f.keep(i32.divideUnsigned(all, i32.constant(steps)), "i32");
  const seeded = (offset: Code): Local[] => {
    const here = spinNumbers(f, kernel, tile, firstSpin, offset);
    // the noise of a part of an ensemble uses the spins' numbers in the whole
    const numbers = ahead === 0 ? here : f.keep(i32x4.add(here, f.constant(v128.words(ahead))));
    return seedStreams(f, numbers, i32x4.splat(chunk), seed).map((word) => {
      const local = f.local("v128");
      f.add(local.set(word));
      return local;
    });
  };
  const together = (first: Code): void => {
    const offsets = Array.from({ length: vectorsAtOnce }, (_, i) =>
      f.keep(i32.add(first, i32.constant(i * vectorBytes)), "i32"),
    );
    const streams = offsets.map(seeded);
    f.when(draws, () =>
      f.loop(draws, () => {
        for (const stream of streams) {
          const [a, b, c, d] = stream.map(({ get }) => get);
          sfc32(f, [a, b, c, d]).next.forEach((word, i) => {
            f.add(stream[i].set(word));
          });
        }
      }),
    );
    streams.forEach((stream, i) => {
      const [a, b, c, d] = stream.map(({ get }) => get);
      storeWords(f, layout, offsets[i], [a, b, c, d]);
    });
  };
  f.loop(i32.constant(columnBytes), together, vectorsAtOnce * vectorBytes);
  return f;
}

/** (tile, step): replaces every state variable by its refreshed value. */
export function refreshTile(kernel: Kernel): FunctionBuilder {
  const f = new FunctionBuilder(["i32", "f64"]);
  const { expressions, hands } = clocked(kernel.refresh);
  const program = schedule(expressions);
  const clock = clockAt(f, kernel, hands, f.parameter(1).get);
  eachVector(f, (offset) => {
    const place = f.keep(i32.add(f.parameter(0).get, offset), "i32");
    const printer = new LanePrinter(f, program, (name) =>
      isOfClock(name) ? clock(name) : v128.load(place, columnOf(kernel, name)),
    );
    const values = program.outputs.map((output) => printer.value(output));
    values.forEach((value, i) => {
      f.add(v128.store(place, value, i * columnBytes));
    });
  });
  return f;
}

/** Values of the step that depend on parameters only, computed once per tile and chunk. */
export const derivedValues = (kernel: Kernel, program: Program): number[] =>
  outermost(program, (name) => !kernel.parameters.includes(name));

/** (tile): the columns of derived values. */
export function deriveTile(kernel: Kernel, layout: Layout, program: Program): FunctionBuilder {
  const f = new FunctionBuilder(["i32"]);
  eachVector(f, (offset) => {
    const place = f.keep(i32.add(f.parameter(0).get, offset), "i32");
    const printer = new LanePrinter(f, program, (name) => v128.load(place, columnOf(kernel, name)));
    derivedValues(kernel, program).forEach((value, i) => {
      f.add(v128.store(offset, printer.value(value), layout.derived + i * columnBytes));
    });
  });
  return f;
}
