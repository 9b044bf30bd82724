import type { Kernel, TallyResult } from "../kernel.ts";
import type { Block } from "./block.ts";
import { Counters } from "./counters.ts";
import type { Device } from "./device.ts";
import { workgroupSize } from "./grid.ts";
import { observeShader } from "./observe-shader.ts";
import type { Target } from "./target.ts";

/** Spins that one thread samples, at most: see the sums in observeShader. */
const spinsPerThread = 64;

/** The counters of a kernel's views, evaluated on demand, for one ensemble or several groups. */
export class Views {
  readonly #device: Device;
  readonly #kernel: Kernel;
  readonly #target: Target;
  readonly #counters: ReadonlyMap<string, Counters>;
  readonly #groups: number | undefined;

  constructor(device: Device, kernel: Kernel, target: Target, groups?: number) {
    this.#device = device;
    this.#kernel = kernel;
    this.#target = target;
    this.#groups = groups;
    this.#counters = new Map(
      Object.entries(kernel.views).map(([name, list]) => [name, new Counters(device, list, groups)]),
    );
  }

  /** Evaluates one view on the present state of each group, which is that of step `step`. */
  async observe(name: string, blocks: readonly Block[], step: number): Promise<TallyResult[][]> {
    const tallies = this.#kernel.views[name];
    const counters = this.#counters.get(name);
    if (!tallies || !counters) throw new Error(`the kernel has no view named ${name}`);
    const inGroups = this.#groups !== undefined;
    if (tallies.length === 0) return counters.results();
    const pipeline = await this.#device.pipeline(
      observeShader(this.#kernel, tallies, this.#target, inGroups),
      "observe",
    );
    for (const block of blocks) {
      // each group has all spins of the kernel
      const spins = inGroups ? this.#kernel.spins : block.count;
      await counters.expect(spins, 1);
      const columns = Math.max(1, Math.ceil(spins / (workgroupSize * spinsPerThread)));
      const span = new Uint32Array([block.first, block.count, step, columns * workgroupSize, spins]);
      const buffers = [block.state, block.parameters, counters.buffer];
      this.#device.dispatch(pipeline, buffers, span, [columns, this.#groups ?? 1]);
    }
    return counters.take();
  }

  dispose(): void {
    for (const counters of this.#counters.values()) counters.destroy();
  }
}
