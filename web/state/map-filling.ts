import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { valuesOf } from "../../src/experiment/vary.ts";
import type { MapAsked } from "../presets/preset.ts";
import type { Remote } from "../workers/client.ts";
import { connect } from "../workers/client.ts";
import type { Cell, CellCalls } from "../workers/messages.ts";

/** Places of a grid in an order that shows the whole early: every cell of a coarse grid before those in between. */
export function coarseFirst(columns: number, rows: number): number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  for (let stride = 2 ** Math.ceil(Math.log2(Math.max(columns, rows, 1))); stride >= 1; stride /= 2)
    for (let row = 0; row < rows; row += stride)
      for (let column = 0; column < columns; column += stride) {
        const place = row * columns + column;
        if (!seen.has(place)) order.push(place);
        seen.add(place);
      }
  return order;
}

/** Number of workers that fill a map, in addition to those for spins: few, so that the page stays fast. */
const mostWorkers = 4;
export const workerCount = (): number =>
  Math.max(1, Math.min(mostWorkers, (navigator.hardwareConcurrency ?? 2) - 2));

/** Exact figures over one or two numbers of an experiment, filled cell by cell by workers of its own; a new one ends the one before. */
export class MapFilling {
  asked: MapAsked | null = null;
  /** Row by row of y; missing cells are not finished yet. */
  cells: (Cell | undefined)[] = [];
  xs: readonly number[] = [];
  ys: readonly number[] = [];
  #pool: Remote<CellCalls>[] = [];
  #busy = new Set<Remote<CellCalls>>();
  #waiting: number[] = [];
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get done(): number {
    return this.cells.filter((cell) => cell !== undefined).length;
  }

  get filling(): boolean {
    return this.#busy.size > 0;
  }

  start(experiment: CompletedExperiment, asked: MapAsked): void {
    this.#end();
    this.asked = asked;
    const { x, y } = asked;
    this.xs = valuesOf(x);
    this.ys = y ? valuesOf(y) : [0];
    this.cells = new Array(this.xs.length * this.ys.length).fill(undefined);
    this.#waiting = coarseFirst(this.xs.length, this.ys.length);
    while (this.#pool.length < Math.min(workerCount(), this.cells.length))
      this.#pool.push(connect<CellCalls>("cells", () => this.stop()));
    for (const worker of this.#pool) void this.#work(worker, experiment, asked);
    this.#changed();
  }

  /** Ends current work; filled cells stay. */
  stop(): void {
    this.#end();
    this.#changed();
  }

  #end(): void {
    for (const worker of this.#busy) worker.end();
    this.#pool = this.#pool.filter((worker) => !this.#busy.has(worker));
    this.#busy = new Set();
    this.#waiting = [];
  }

  async #work(worker: Remote<CellCalls>, experiment: CompletedExperiment, { x, y }: MapAsked): Promise<void> {
    const cells = this.cells;
    this.#busy.add(worker);
    for (let place = this.#waiting.shift(); place !== undefined; place = this.#waiting.shift()) {
      const settings = {
        [x.path]: this.xs[place % this.xs.length],
        ...(y ? { [y.path]: this.ys[Math.floor(place / this.xs.length)] } : {}),
      };
      cells[place] = await worker.call("cell", { experiment, settings });
      if (cells !== this.cells) return;
      this.#changed();
    }
    this.#busy.delete(worker);
    this.#changed();
  }
}
