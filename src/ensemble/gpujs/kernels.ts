import type { Kernel } from "../kernel.ts";
import type { Lowered } from "../lowered.ts";
import type { Library, RunKernel } from "./library.ts";
import { advanceText, packText, quadsOf } from "./program.ts";

/** The compiled kernels for one block size. */
export interface Kernels {
  readonly pack: RunKernel;
  readonly state: readonly RunKernel[];
  readonly watch: readonly RunKernel[];
}

/** The kernels for a block size, made once. At most two sizes occur: the last block may be shorter. */
export type Made = (count: number) => Kernels;

export function makeKernels(library: Library, kernel: Kernel, parts: Lowered): Made {
  const made = new Map<number, Kernels>();
  const printed = { ...kernel, step: parts.step };
  return (count) => {
    const known = made.get(count);
    if (known) return known;
    const build = (text: string): RunKernel => library.kernel(text, count);
    const kernels = {
      pack: build(packText),
      state: Array.from({ length: quadsOf(kernel.state) }, (_, quad) =>
        build(advanceText(printed, { quad })),
      ),
      watch: parts.steadily.map(([tally]) => build(advanceText(printed, { tally }))),
    };
    made.set(count, kernels);
    return kernels;
  };
}
