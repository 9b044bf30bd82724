import { wgsl } from "../../expression/wgsl.ts";
import { unitVariates } from "../../physics/model.ts";
import { dyadicLarge, dyadicSmall } from "../../random/variates.ts";
import type { Kernel } from "../kernel.ts";

/** Whether a step is the first or the second that uses one word of noise, if this is known. */
export type StepParity = "even" | "odd" | "either";

/** Lines that draw one step's variates, each times its scale, and advance the stream; `lane` is a suffix of every name. */
export function draw(
  kernel: Kernel,
  scales: Readonly<Record<string, number>>,
  lane: string,
  parity: StepParity,
): string[] {
  const next = `stream${lane} = sfc32(stream${lane});`;
  if (kernel.variates === "none") return [];
  if (kernel.variates === "dyadic") {
    const from = parity === "odd" ? 12 : 0;
    const either = `let odd${lane} = (step & 1u) == 1u;`;
    return [
      ...(parity === "either" ? [either] : []),
      `let word${lane} = wordOf(stream${lane})${parity === "either" ? ` >> select(0u, 12u, odd${lane})` : ""};`,
      ...(parity === "odd" ? [next] : []),
      ...(parity === "either"
        ? [`stream${lane} = select(stream${lane}, sfc32(stream${lane}), odd${lane});`]
        : []),
      ...unitVariates.map((name, i) => {
        const lengths = [dyadicSmall, dyadicLarge].map((x) => wgsl.number(x * scales[name]));
        const shift = from + 4 * i;
        const bits = shift === 0 ? `word${lane}` : `word${lane} >> ${shift}u`;
        return `let ${name}${lane} = dyadic(${bits}, ${lengths.join(", ")});`;
      }),
    ];
  }
  const pairs = [`pair${lane}.x`, `pair${lane}.y`, `gaussianPair(word3${lane}, word4${lane}).x`];
  return [
    ...[1, 2, 3, 4].flatMap((i) => [`let word${i}${lane} = wordOf(stream${lane});`, next]),
    `let pair${lane} = gaussianPair(word1${lane}, word2${lane});`,
    ...unitVariates.map((name, i) => {
      const scale = scales[name] === 1 ? "" : `${wgsl.number(scales[name])} * `;
      return `let ${name}${lane} = ${scale}${pairs[i]};`;
    }),
  ];
}
