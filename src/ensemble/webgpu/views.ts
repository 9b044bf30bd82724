import type { Kernel, TallyResult } from "../kernel.ts";
import type { Block } from "./block.ts";
import { Counters } from "./counters.ts";
import type { Device } from "./device.ts";
import { workgroupSize } from "./grid.ts";
import { observeShader } from "./observe-shader.ts";
import type { Target } from "./target.ts";

/** Spins that one thread samples, at most: see the sums in observeShader. */
const spinsPerThread = 64;

/** The groups of counters of a kernel that are fed on demand. */
export class Views {
  readonly #device: Device;
  readonly #kernel: Kernel;
  readonly #target: Target;
  readonly #counters: ReadonlyMap<string, Counters>;

  constructor(device: Device, kernel: Kernel, target: Target) {
    this.#device = device;
    this.#kernel = kernel;
    this.#target = target;
    this.#counters = new Map(
      Object.entries(kernel.views).map(([name, list]) => [name, new Counters(device, list)]),
    );
  }

  /** Evaluates one view on the present state, which is that of step `step`. */
  async observe(name: string, blocks: readonly Block[], step: number): Promise<TallyResult[]> {
    const tallies = this.#kernel.views[name];
    const counters = this.#counters.get(name);
    if (!tallies || !counters) throw new Error(`the kernel has no view named ${name}`);
    if (tallies.length === 0) return [];
    const pipeline = await this.#device.pipeline(
      observeShader(this.#kernel, tallies, this.#target),
      "observe",
    );
    for (const block of blocks) {
      await counters.expect(block.count, 1);
      const groups = Math.max(1, Math.ceil(block.count / (workgroupSize * spinsPerThread)));
      const span = new Uint32Array([block.first, block.count, step, groups * workgroupSize]);
      this.#device.dispatch(pipeline, [block.state, block.parameters, counters.buffer], span, [groups, 1]);
    }
    return counters.take();
  }

  dispose(): void {
    for (const counters of this.#counters.values()) counters.destroy();
  }
}
