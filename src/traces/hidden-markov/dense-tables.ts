import { type ForwardStep, forwardStep } from "../../expression/webassembly/forward-step.ts";
import type { Prepared } from "./prepared.ts";

/**
 * If more than this share of all pairs of points has transitions, zeros are multiplied too: the table is then read in
 * order, two numbers at once.
 */
const dense = 0.05;

let kernel: ForwardStep | null | undefined;

/**
 * Kernel in WebAssembly that steps along a trace; undefined without WebAssembly, for few points, or if few pairs of
 * points have transitions.
 */
export function kernelFor({ grid: { size }, steps }: Prepared): ForwardStep | undefined {
  if (size < 8 || steps[0].from.length < dense * size * size) return undefined;
  if (kernel === undefined) kernel = forwardStep() ?? null;
  return kernel ?? undefined;
}

/** Tables of a walk in the memory of the kernel; places are indices into it, rows have `padded` numbers. */
export interface DenseTables {
  readonly memory: Float64Array;
  readonly padded: number;
  /** Probabilities of a step from each point (rows) to each (columns); `isBackward` transposes them. */
  readonly matrixOf: (phase: number, isBackward?: boolean) => number;
  readonly weightOf: (phase: number, bin: number) => number;
  /** Start of the caller's rows, which are zero at first. */
  readonly free: number;
}

/** Tables with so many rows for the caller. Earlier tables are lost. */
export function denseTables(
  { grid: { size, phases }, steps, emissions }: Prepared,
  { reserve }: ForwardStep,
  rows: number,
  isBothWays = false,
): DenseTables {
  const padded = 4 * Math.ceil(size / 4);
  const bins = emissions[0].length / size;
  const ways = isBothWays ? 2 : 1;
  const matrixOf = (phase: number, isBackward = false): number =>
    (phase * ways + (isBackward ? 1 : 0)) * padded ** 2;
  const weightOf = (phase: number, bin: number): number => matrixOf(phases) + (phase * bins + bin) * padded;
  const free = weightOf(phases, 0);
  const memory = reserve(free + rows * padded);
  memory.fill(0);
  steps.forEach(({ starts, from, probability }, phase) => {
    const [there, back] = [matrixOf(phase), matrixOf(phase, true)];
    for (let i = 0; i < size; i++)
      for (let e = starts[i]; e < starts[i + 1]; e++) {
        memory[there + from[e] * padded + i] = probability[e];
        if (isBothWays) memory[back + i * padded + from[e]] = probability[e];
      }
  });
  emissions.forEach((emission, phase) => {
    for (let bin = 0; bin < bins; bin++)
      memory.set(emission.subarray(bin * size, (bin + 1) * size), weightOf(phase, bin));
  });
  return { memory, padded, matrixOf, weightOf, free };
}
