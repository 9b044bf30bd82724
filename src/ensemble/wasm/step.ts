import type { Program } from "../../expression/schedule.ts";
import { schedule } from "../../expression/schedule.ts";
import type { Code } from "../../expression/webassembly/binary.ts";
import { outermost, reached } from "../../expression/webassembly/dependence.ts";
import { FunctionBuilder } from "../../expression/webassembly/function.ts";
import { f64, i32, i32x4, i64, v128 } from "../../expression/webassembly/instructions.ts";
import { number } from "../../expression/webassembly/polynomials.ts";
import { LanePrinter } from "../../expression/webassembly/print.ts";
import { unitVariates } from "../../physics/model.ts";
import type { Kernel } from "../kernel.ts";
import { lowered } from "../lowered.ts";
import type { Numbered } from "../tally.ts";
import { byPeriod, numberedExpressions, withScalesAbsorbed } from "../tally.ts";
import type { Clocked } from "./clock.ts";
import { clockAt, clocked, isOfClock } from "./clock.ts";
import { countLanes } from "./counting.ts";
import { columnBytes, type Layout } from "./layout.ts";
import type { Words } from "./streams.ts";
import { columnOf, derivedValues, eachVector, loadWords, storeWords } from "./tile.ts";
import { drawVariates } from "./variates.ts";

/** Values that are counted, by their places in a program, and the places in `gathered` of their tallies. */
interface CountedProgram {
  readonly values: readonly number[];
  readonly tallies: readonly number[];
}

/** A lowered kernel as one program, with the place of each part. */
export interface StepProgram extends Program, Pick<Clocked, "hands"> {
  readonly next: readonly number[];
  readonly steadily: CountedProgram;
  /** Tallies that count every so many steps. */
  readonly samples: readonly (CountedProgram & { readonly every: number })[];
  readonly events: readonly {
    readonly when: number;
    readonly set: readonly (readonly [column: string, value: number])[];
    readonly count: CountedProgram;
  }[];
}

/** The program of a kernel's steps, with fewer multiplications and with functions linear in time from a clock. */
export function stepProgram(kernel: Kernel): StepProgram {
  const { step, steadily, sampled, events } = lowered(kernel, (always, seldom) =>
    withScalesAbsorbed(kernel, [...always, ...seldom]),
  );
  const samples = byPeriod(sampled);
  const { expressions, hands } = clocked([
    ...step,
    ...numberedExpressions([...steadily, ...samples.flatMap(({ due }) => due)]),
    ...events.flatMap(({ when, set, count }) => [when, ...Object.values(set), ...numberedExpressions(count)]),
  ]);
  const program = schedule(expressions);
  const places = program.outputs.values();
  const take = (): number => places.next().value as number;
  const counted = (list: readonly Numbered[]): CountedProgram => ({
    values: numberedExpressions(list).map(take),
    tallies: list.map(([, place]) => place),
  });
  return {
    ...program,
    hands,
    next: step.map(take),
    steadily: counted(steadily),
    samples: samples.map(({ every, due }) => ({ every, ...counted(due) })),
    events: events.map(({ set, count }) => ({
      when: take(),
      set: Object.keys(set).map((name) => [name, take()] as const),
      count: counted(count),
    })),
  };
}

/**
 * A variate that occurs only in products with one number is drawn with that number as its scale, which saves the product. Returns the
 * place of the product.
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

interface EventCode {
  readonly f: FunctionBuilder;
  readonly kernel: Kernel;
  readonly layout: Layout;
  readonly program: StepProgram;
  /** Prints values that are the same for all spins. */
  readonly uniform: LanePrinter;
  /** The address of the vector, its lanes that hold a spin, and for each event the lanes that have it. */
  readonly place: Code;
  readonly present: Code;
  readonly masks: readonly Code[];
}

/** New values and counts of the spins that have events. */
function addEvents({ f, kernel, layout, program, uniform, place, present, masks }: EventCode): void {
  for (const [k, { set, count }] of program.events.entries()) {
    const counters = count.tallies.map((i) => layout.watch[i]);
    f.when(i32x4.bitmask(masks[k]), () => {
      // events are rare, so the step keeps no values in registers for them: they are computed again
      const inner = uniform.fork((name) => v128.load(place, columnOf(kernel, name)));
      const values = set.map(([, value]) => inner.value(value));
      const old = set.map(([name]) => f.keep(v128.load(place, columnOf(kernel, name))));
      if (counters.length > 0)
        countLanes(f, inner, counters, count.values, f.keep(v128.and(masks[k], present)));
      set.forEach(([name], i) => {
        f.add(v128.store(place, v128.bitselect(values[i], old[i], masks[k]), columnOf(kernel, name)));
      });
    });
  }
}

/**
 * (tile, steps, step): advances a tile; the loop over its vectors is inside the loop over steps. With `sampling` instead
 * (tile, due, step): one step, after a sample at its start; bit k of `due` stands for the k-th of the program's samples.
 */
export function advanceTile(
  kernel: Kernel,
  layout: Layout,
  program: StepProgram,
  { relaxed, sampling }: { relaxed: boolean; sampling: boolean },
): FunctionBuilder {
  const f = new FunctionBuilder(["i32", "i32", "f64"], relaxed);
  const [tile, steps, step] = [0, 1, 2].map((i) => f.parameter(i));
  const due = steps;
  const scaled = new Map(unitVariates.map((name) => [name, scaledVariate(program, name)]));
  const derived = derivedValues(kernel, program);
  const needed = reached(program, [
    ...program.next,
    ...program.steadily.values,
    ...program.events.flatMap(({ when, set, count }) => [
      when,
      ...set.map(([, value]) => value),
      ...count.values,
    ]),
    ...(sampling ? program.samples.flatMap(({ values }) => values) : []),
  ]);
  // a variable that the step does not change need not be read and written; an event may have written it
  const unmoved = kernel.step.map((x, i) => x.kind === "variable" && x.name === kernel.state[i]);
  const steadily = program.steadily.tallies.map((i) => layout.watch[i]);
  const odd = f.local("i32");
  f.add(odd.set(i32.and(i32.wrap(i64.truncateUnsigned(step.get)), i32.constant(1))));
  f.loop(sampling ? i32.constant(1) : steps.get, () => {
    const uniform = new LanePrinter(f, program, clockAt(f, kernel, program.hands, step.get));
    for (const value of outermost(program, (name) => !isOfClock(name))) uniform.value(value);
    program.values.forEach((value, i) => {
      if (value.kind === "variable" && isOfClock(value.name)) uniform.value(i);
    });
    eachVector(f, (offset) => {
      const place = f.keep(i32.add(tile.get, offset), "i32");
      let variates: ReadonlyMap<string, Code> = new Map(
        [...scaled.keys()].map((name) => [name, number(f, 0)]),
      );
      if (kernel.variates !== "none") {
        const scale = (name: string): number => scaled.get(name)?.scale ?? 1;
        const store = (next: Words): void => storeWords(f, layout, offset, next);
        const words = loadWords(f, layout, offset);
        variates = drawVariates(f, kernel.variates, words, { odd: odd.get, scale, store });
      }
      const printer = uniform.fork((name) => variates.get(name) ?? v128.load(place, columnOf(kernel, name)));
      derived.forEach((value, i) => {
        if (!needed.has(value)) return;
        printer.bind(value, f.keep(v128.load(offset, layout.derived + i * columnBytes)));
      });
      for (const [name, variate] of variates) {
        const product = scaled.get(name)?.product;
        if (product !== undefined) printer.bind(product, variate);
      }
      const next = program.next.map((output, i) => (unmoved[i] ? undefined : printer.value(output)));
      const present = v128.load(offset, layout.present);
      if (steadily.length > 0) countLanes(f, printer, steadily, program.steadily.values, f.keep(present));
      for (const [k, { values, tallies }] of (sampling ? program.samples : []).entries()) {
        const counters = tallies.map((i) => layout.watch[i]);
        const sample = (inner: LanePrinter): void => countLanes(f, inner, counters, values, f.keep(present));
        if (program.samples.length === 1) sample(printer);
        else f.when(i32.and(due.get, i32.constant(1 << k)), () => sample(printer.fork()));
      }
      // engines test a mask of bits in fewer instructions than `any_true`
      const masks = program.events.map(({ when }) => printer.value(when));
      const befall = (): void => addEvents({ f, kernel, layout, program, uniform, place, present, masks });
      if (masks.length === 1) befall();
      else if (masks.length > 1) f.when(i32x4.bitmask(masks.reduce((x, y) => v128.or(x, y))), befall);
      next.forEach((value, i) => {
        if (value) f.add(v128.store(place, value, i * columnBytes));
      });
    });
    f.add(step.set(f64.add(step.get, f64.constant(1))), odd.set(i32.xor(odd.get, i32.constant(1))));
  });
  return f;
}
