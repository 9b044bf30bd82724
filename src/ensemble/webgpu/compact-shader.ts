import type { Kernel } from "../kernel.ts";
import { shaders } from "./shaders.gen.ts";
import { fill } from "./template.ts";

/** The compute shader that moves unfinished spins before all others. */
export const compactShader = (kernel: Kernel): string =>
  fill(shaders.compact, {
    finished: (kernel.finished ?? [])
      .map((name) => `state[place + ${kernel.state.indexOf(name)}u * span.spins] >= 0.0f`)
      .join(" && "),
  });
