import type { Copying } from "../copying.ts";
import { filled } from "../initial/pieces.ts";
import type { Filling, Kernel } from "../kernel.ts";
import type { Column } from "../snapshot.ts";
import { startWorker, type WorkerHandle } from "../workers.ts";
import { columnBytes, type Layout, spinsPerTile } from "./layout.ts";
import { type ExportCall, type WorkerRequest, workerText } from "./worker.ts";

/** Tiles of one message between threads. */
const tilesPerMessage = 1024;
/** The same for messages with one variable. */
const tilesPerColumn = 16384;
const largestMemory = 2 ** 32 - 65536;

/** Tiles that one memory holds at most. */
export const mostTiles = (layout: Layout): number =>
  Math.floor((largestMemory - layout.tiles) / layout.tileBytes);

/** Initial states of consecutive spins as tiles hold them; lanes beyond the last spin repeat it, so that they hold finite numbers. */
export async function tileBlock(
  filling: Filling,
  first: number,
  count: number,
  tiles: number,
  columns: number,
): Promise<Float32Array<ArrayBuffer>> {
  const { state, parameters } = await filled(filling, first, count);
  const block = new Float32Array(tiles * columns * spinsPerTile);
  [...state, ...parameters].forEach((values, column) => {
    for (let i = 0; i < tiles * spinsPerTile; i++) {
      const tile = Math.floor(i / spinsPerTile);
      block[(tile * columns + column) * spinsPerTile + (i % spinsPerTile)] = values[Math.min(i, count - 1)];
    }
  });
  return block;
}

/** The tiles that one worker owns, in the worker's own memory. */
export class Share {
  readonly firstTile: number;
  readonly tiles: number;
  /** Number of tiles with unfinished spins; they come first. */
  activeTiles: number;
  private readonly worker: WorkerHandle;
  private readonly kernel: Kernel;
  private readonly layout: Layout;

  private constructor(
    worker: WorkerHandle,
    kernel: Kernel,
    layout: Layout,
    firstTile: number,
    tiles: number,
  ) {
    this.worker = worker;
    this.kernel = kernel;
    this.layout = layout;
    this.firstTile = firstTile;
    this.tiles = tiles;
    this.activeTiles = tiles;
  }

  static async start(
    module: Uint8Array<ArrayBuffer>,
    kernel: Kernel,
    layout: Layout,
    firstTile: number,
    tiles: number,
  ): Promise<Share> {
    const memoryBytes = layout.tiles + tiles * layout.tileBytes;
    const megabytes = `${Math.ceil(memoryBytes / 1e6)} MB for ${tiles * spinsPerTile} spins in one thread`;
    if (memoryBytes > largestMemory)
      throw new RangeError(
        `WebAssembly memory ends at 4 GiB, the ensemble needs ${megabytes}: use more threads`,
      );
    const worker = await startWorker(workerText);
    const share = new Share(worker, kernel, layout, firstTile, tiles);
    try {
      await share.ask({ kind: "load", module, memoryBytes });
    } catch (error) {
      await worker.close();
      throw new Error(`WebAssembly refused ${megabytes}: ${error instanceof Error ? error.message : error}`);
    }
    return share;
  }

  private ask(request: WorkerRequest, transfer: ArrayBuffer[] = []): Promise<unknown> {
    return this.worker.call(request, transfer);
  }

  tileAddress(tile: number): number {
    return this.layout.tiles + (tile - this.firstTile) * this.layout.tileBytes;
  }

  async run(calls: readonly ExportCall[]): Promise<void> {
    await this.ask({ kind: "run", calls });
  }

  /** The counts of each list of calls, copies of a range of memory one after the other. */
  async tally(
    lists: readonly (readonly ExportCall[])[],
    range: { readonly address: number; readonly bytes: number },
  ): Promise<Uint8Array> {
    const request = { kind: "tally", lists, address: range.address, length: range.bytes } as const;
    return (await this.ask(request)) as Uint8Array;
  }

  /** Moves the unfinished spins together. */
  async compact(): Promise<void> {
    const { finished, state } = this.kernel;
    if (!finished) return;
    const active = (await this.ask({
      kind: "compact",
      address: this.layout.tiles,
      tiles: this.activeTiles,
      columns: this.layout.tileBytes / columnBytes,
      spinsPerTile,
      finished: finished.map((name) => state.indexOf(name)),
    })) as number;
    this.activeTiles = Math.ceil(active / spinsPerTile);
  }

  async write(address: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.ask({ kind: "write", address, bytes }, [bytes.buffer]);
  }

  async readBytes(address: number, length: number): Promise<Uint8Array> {
    return (await this.ask({ kind: "read", address, length })) as Uint8Array;
  }

  /** Places the initial states. */
  async fill(filling: Filling): Promise<void> {
    const columns = this.layout.tileBytes / columnBytes;
    for (let done = 0; done < this.tiles; done += tilesPerMessage) {
      const tiles = Math.min(tilesPerMessage, this.tiles - done);
      const first = (this.firstTile + done) * spinsPerTile;
      const count = Math.min(tiles * spinsPerTile, this.kernel.spins - first);
      const block = await tileBlock(filling, first, count, tiles, columns);
      if (this.kernel.finished) {
        const numbers = new Uint32Array(block.buffer);
        for (let tile = 0; tile < tiles; tile++)
          for (let i = 0; i < spinsPerTile; i++)
            numbers[((tile + 1) * columns - 1) * spinsPerTile + i] = first + tile * spinsPerTile + i;
      }
      await this.write(this.tileAddress(this.firstTile + done), new Uint8Array(block.buffer));
    }
  }

  /**
   * Copies this worker's spins with numbers below `count` into columns of the whole ensemble: state, then parameters if there are columns
   * for them.
   */
  async read(count: number, columns: readonly Column[]): Promise<void> {
    const width = this.layout.tileBytes / 4;
    for (let done = 0; done < this.tiles; done += tilesPerMessage) {
      const first = (this.firstTile + done) * spinsPerTile;
      const isOrdered = !this.kernel.finished;
      if (first >= count && isOrdered) return;
      const held = Math.min(tilesPerMessage, this.tiles - done) * spinsPerTile;
      const spins = isOrdered ? Math.min(held, count - first) : held;
      const bytes = Math.ceil(spins / spinsPerTile) * this.layout.tileBytes;
      const memory = await this.readBytes(this.tileAddress(this.firstTile + done), bytes);
      const block = new Float32Array(memory.buffer, memory.byteOffset, bytes / 4);
      const words = new Uint32Array(memory.buffer, memory.byteOffset, bytes / 4);
      columns.forEach((values, column) => {
        for (let tile = 0; tile * spinsPerTile < spins; tile++) {
          const from = tile * width + column * spinsPerTile;
          const numbers = (tile + 1) * width - spinsPerTile;
          const here = Math.min(spinsPerTile, spins - tile * spinsPerTile);
          for (let i = 0; i < here; i++) {
            const number = isOrdered ? first + tile * spinsPerTile + i : words[numbers + i];
            if (number < count) values[number] = block[from + i];
          }
        }
      });
    }
  }

  /** Copies one variable of this worker's spins into the column of the whole ensemble. */
  async column(column: number, values: Float64Array): Promise<void> {
    const { columns } = this.everything;
    for (let done = 0; done < this.tiles; done += tilesPerColumn) {
      const tiles = Math.min(tilesPerColumn, this.tiles - done);
      const address = this.tileAddress(this.firstTile + done);
      const request = { kind: "column", address, tiles, columns, spinsPerTile, column } as const;
      const found = (await this.ask(request)) as Float32Array;
      const first = this.firstSpin + done * spinsPerTile;
      values.set(found.subarray(0, values.length - first), first);
    }
  }

  private get everything() {
    const columns = this.layout.tileBytes / columnBytes;
    return { address: this.layout.tiles, tiles: this.tiles, columns, spinsPerTile };
  }

  /** Number of this worker's first spin, and how many it has. */
  get firstSpin(): number {
    return this.firstTile * spinsPerTile;
  }

  get spins(): number {
    return Math.min(this.tiles * spinsPerTile, this.kernel.spins - this.firstSpin);
  }

  /** The words of spins by their places in this worker, column after column. */
  async pick(places: Uint32Array): Promise<Uint32Array> {
    return (await this.ask({ kind: "pick", ...this.everything, places })) as Uint32Array;
  }

  /** Copies spins into places; `foreign` are the words of spins of other workers. */
  async gather({ places, sources, staying }: Copying, foreign: Uint32Array): Promise<void> {
    const blocks = [places, sources, foreign].map(({ buffer }) => buffer as ArrayBuffer);
    await this.ask({ kind: "gather", ...this.everything, places, sources, staying, foreign }, blocks);
  }

  close(): Promise<void> {
    return this.worker.close();
  }
}
