import type { ForwardStep } from "../../expression/webassembly/forward-step.ts";
import { denseTables, kernelFor } from "./dense-tables.ts";
import type { Prepared } from "./prepared.ts";

/** The probabilities of the points along a trace, given the samples so far. */
export interface Forward {
  /** Resets to the state before the first sample. */
  restart(): void;
  /** Advances by one sample, given by its bin. Returns its probability density given all before it. */
  see(bin: number): number;
}

/** Only one may be in use: the next one takes the memory of the one before. */
export function forwardAlong(prepared: Prepared): Forward {
  if (prepared.grid.size === 2) return forwardOfTwo(prepared);
  const kernel = kernelFor(prepared);
  return kernel ? forwardInWebAssembly(prepared, kernel) : forwardInJavaScript(prepared);
}

export function forwardInWebAssembly(prepared: Prepared, kernel: ForwardStep): Forward {
  const { phases } = prepared.grid;
  const { memory, padded, matrixOf, weightOf, free } = denseTables(prepared, kernel, 2);
  let now = 0;
  let phase = 0;
  let scale = 1;
  const restart = (): void => {
    memory.set(prepared.start, free + now);
    [phase, scale] = [0, 1];
  };
  restart();
  return {
    restart,
    see: (bin) => {
      const next = padded - now;
      const matrix = matrixOf(phase);
      phase = phase + 1 === phases ? 0 : phase + 1;
      const chance = kernel.step(free + now, free + next, matrix, weightOf(phase, bin), padded, scale);
      now = next;
      scale = 1 / chance;
      return chance;
    },
  };
}

export function forwardInJavaScript({ grid: { size, phases }, steps, emissions, start }: Prepared): Forward {
  let now = start.slice();
  let next = new Float64Array(size);
  let phase = 0;
  let scale = 1;
  return {
    restart: () => {
      now.set(start);
      [phase, scale] = [0, 1];
    },
    see: (bin) => {
      const { starts, from, probability } = steps[phase];
      phase = phase + 1 === phases ? 0 : phase + 1;
      const emission = emissions[phase];
      const row = bin * size;
      let chance = 0;
      let e = 0;
      for (let i = 0; i < size; i++) {
        // two sums at once, so that an addition need not wait for the one before
        let p = 0;
        let q = 0;
        const last = starts[i + 1];
        for (; e + 1 < last; e += 2) {
          p += now[from[e]] * probability[e];
          q += now[from[e + 1]] * probability[e + 1];
        }
        if (e < last) q += now[from[e]] * probability[e++];
        p = (p + q) * scale * emission[row + i];
        // denormal numbers slow the processor down
        next[i] = p > 1e-40 ? p : 0;
        chance += p;
      }
      scale = 1 / chance;
      [now, next] = [next, now];
      return chance;
    },
  };
}

/** Two levels and no pole, the most common case: a matrix of two rows. */
function forwardOfTwo({
  steps: [{ starts, from, probability }],
  emissions: [emission],
  start,
}: Prepared): Forward {
  const matrix = new Float64Array(4);
  for (let i = 0; i < 2; i++)
    for (let e = starts[i]; e < starts[i + 1]; e++) matrix[2 * from[e] + i] = probability[e];
  const [stay0, leave0, leave1, stay1] = matrix;
  const now = start.slice();
  return {
    restart: () => now.set(start),
    see: (bin) => {
      const p = (now[0] * stay0 + now[1] * leave1) * emission[2 * bin];
      const q = (now[0] * leave0 + now[1] * stay1) * emission[2 * bin + 1];
      const chance = p + q;
      now[0] = p / chance;
      now[1] = q / chance;
      return chance;
    },
  };
}
