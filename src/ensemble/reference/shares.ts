import { copyingOf, heldBy } from "../copying.ts";
import { filled } from "../initial/pieces.ts";
import type { Filling, Kernel } from "../kernel.ts";
import { startWorker } from "../workers.ts";
import { workerProgram } from "./program.ts";

type Worker = Awaited<ReturnType<typeof startWorker>>;

/** The spins of a kernel in workers, divided equally in the order of their numbers. */
export class Shares {
  readonly #kernel: Kernel;
  readonly #workers: readonly Worker[];
  /** Place of the first spin of each worker, and the count of all. */
  readonly #firsts: readonly number[];

  private constructor(kernel: Kernel, workers: readonly Worker[], firsts: readonly number[]) {
    this.#kernel = kernel;
    this.#workers = workers;
    this.#firsts = firsts;
  }

  static async fill(kernel: Kernel, filling: Filling, threads: number): Promise<Shares> {
    const text = workerProgram(kernel);
    const workers = await Promise.all(Array.from({ length: threads }, () => startWorker(text)));
    const firsts = Array.from({ length: threads + 1 }, (_, i) => Math.floor((i * kernel.spins) / threads));
    const shares = new Shares(kernel, workers, firsts);
    try {
      await Promise.all(workers.map((_, i) => shares.#load(i, filling)));
    } catch (error) {
      await shares.close();
      throw error;
    }
    return shares;
  }

  async #load(i: number, filling: Filling): Promise<unknown> {
    const first = this.#firsts[i];
    const spins = this.#firsts[i + 1] - first;
    const firstSpin = (this.#kernel.firstSpin ?? 0) + first;
    const { state, parameters } = await filled(filling, first, spins);
    const buffers = [...state, ...parameters].map((column) => column.buffer as ArrayBuffer);
    return this.#workers[i].call({ call: "load", firstSpin, spins, state, parameters }, buffers);
  }

  /** Answers of all workers to one request. */
  everywhere(request: object): Promise<unknown[]> {
    return Promise.all(this.#workers.map((worker) => worker.call(request)));
  }

  /** State variables of the first `count` spins. */
  async read(count: number): Promise<Float64Array[]> {
    const { state, spins } = this.#kernel;
    const columns = state.map(() => new Float64Array(Math.min(count, spins)));
    for (const [i, worker] of this.#workers.entries()) {
      const first = this.#firsts[i];
      if (first >= count) break;
      const share = (await worker.call({ call: "read", count: count - first })) as Float64Array[];
      for (const [k, column] of share.entries()) columns[k].set(column, first);
    }
    return columns;
  }

  /** One state variable of all spins. */
  async column(name: string, room?: Float64Array): Promise<Float64Array> {
    const values = room ?? new Float64Array(this.#kernel.spins);
    const found = await this.everywhere({ call: "column", index: this.#kernel.state.indexOf(name) });
    for (const [i, share] of found.entries()) values.set(share as Float64Array, this.#firsts[i]);
    return values;
  }

  /** State variables and parameters of all spins. */
  async all(): Promise<{ state: Float64Array[]; parameters: Float64Array[] }> {
    const { state, parameters, spins } = this.#kernel;
    const shares = (await this.everywhere({ call: "all" })) as Float64Array[][];
    const columns = [...state, ...parameters].map((_, k) => {
      const column = new Float64Array(spins);
      shares.forEach((share, i) => {
        column.set(share[k], this.#firsts[i]);
      });
      return column;
    });
    return { state: columns.slice(0, state.length), parameters: columns.slice(state.length) };
  }

  /** Copies the spin at `indices[i]` to place i. Workers receive the spins of other workers that they need. */
  async gather(indices: Uint32Array): Promise<void> {
    const shares = this.#workers.map((_, i) =>
      copyingOf(indices, this.#firsts[i], this.#firsts[i + 1] - this.#firsts[i]),
    );
    const foreign = await Promise.all(shares.map((share) => this.#picked(share.foreign)));
    await Promise.all(
      this.#workers.map((worker, i) =>
        worker.call({ call: "gather", copying: shares[i], foreign: foreign[i] }),
      ),
    );
  }

  /** All variables of the given spins, from all workers. */
  async #picked(spins: Uint32Array): Promise<Float64Array[]> {
    const { state, parameters } = this.#kernel;
    const columns = [...state, ...parameters].map(() => new Float64Array(spins.length));
    for (const [owner, worker] of this.#workers.entries()) {
      const held = heldBy(spins, this.#firsts[owner], this.#firsts[owner + 1]);
      if (held.length === 0) continue;
      const places = held.map((k) => spins[k] - this.#firsts[owner]);
      const found = (await worker.call({ call: "pick", places })) as Float64Array[];
      for (const [column, values] of found.entries())
        held.forEach((k, i) => {
          columns[column][k] = values[i];
        });
    }
    return columns;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }
}
