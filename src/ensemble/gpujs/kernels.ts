import type { Kernel, Tally } from "../kernel.ts";
import type { Library, RunKernel } from "./library.ts";
import { advanceText, packText, quadsOf } from "./program.ts";

/** Everything one block size needs. */
export interface Kernels {
  readonly pack: RunKernel;
  readonly state: readonly RunKernel[];
  readonly watch: readonly RunKernel[];
}

/** The kernels of a block size, made once; two sizes at most occur, the last block being shorter. */
export type Made = (count: number) => Kernels;

export function makeKernels(library: Library, kernel: Kernel, watched: readonly Tally[]): Made {
  const made = new Map<number, Kernels>();
  return (count) => {
    const known = made.get(count);
    if (known) return known;
    const build = (text: string): RunKernel => library.kernel(text, count);
    const kernels = {
      pack: build(packText),
      state: Array.from({ length: quadsOf(kernel.state) }, (_, quad) => build(advanceText(kernel, { quad }))),
      watch: watched.map((tally) => build(advanceText(kernel, { tally }))),
    };
    made.set(count, kernels);
    return kernels;
  };
}
