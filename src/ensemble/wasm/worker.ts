/** The requests of a worker, and its answers. */
export type WorkerRequest =
  /** Instantiates a module and grows its memory. Answer: nothing. */
  | { readonly kind: "load"; readonly module: Uint8Array; readonly memoryBytes: number }
  /** Answer: nothing. */
  | { readonly kind: "write"; readonly address: number; readonly bytes: Uint8Array }
  /** Answer: the bytes as Uint8Array. */
  | { readonly kind: "read"; readonly address: number; readonly length: number }
  /**
   * Moves spins with a negative value in one of the given columns before all others. Answer: their number. A spin's values lie in
   * `columns` columns of its tile.
   */
  | {
      readonly kind: "compact";
      readonly address: number;
      readonly tiles: number;
      readonly columns: number;
      readonly spinsPerTile: number;
      readonly finished: readonly number[];
    }
  /** Answer: the words of spins, column after column, as Uint32Array. A spin's values lie in `columns` columns of its tile. */
  | {
      readonly kind: "pick";
      readonly address: number;
      readonly tiles: number;
      readonly columns: number;
      readonly spinsPerTile: number;
      readonly places: Uint32Array;
    }
  /** Copies spins into places as a `Copying` says; `foreign` are the words of spins of other workers. Answer: nothing. */
  | {
      readonly kind: "gather";
      readonly address: number;
      readonly tiles: number;
      readonly columns: number;
      readonly spinsPerTile: number;
      readonly places: Uint32Array;
      readonly sources: Int32Array;
      readonly staying: boolean;
      readonly foreign: Uint32Array;
    }
  /** Answer: one column of consecutive tiles as Float32Array. */
  | {
      readonly kind: "column";
      readonly address: number;
      readonly tiles: number;
      readonly columns: number;
      readonly spinsPerTile: number;
      readonly column: number;
    }
  /**
   * Calls the exported functions of each list in turn; after each list a range of memory is copied and cleared. Answer: the copies one
   * after the other.
   */
  | {
      readonly kind: "tally";
      readonly lists: readonly (readonly ExportCall[])[];
      readonly address: number;
      readonly length: number;
    }
  /** Calls exported functions one after the other. Answer: nothing. */
  | { readonly kind: "run"; readonly calls: readonly ExportCall[] };

export type ExportCall = readonly [name: string, ...operands: number[]];

/** The text of a worker that owns one instance of a module: no WebAssembly memory is shared. */
export const workerText: string = `
"use strict";
let exported;
const compact = ({ address, tiles, columns, spinsPerTile, finished }) => {
  const length = tiles * columns * spinsPerTile;
  const [words, values] = [Uint32Array, Float32Array].map((View) => new View(exported.memory.buffer, address, length));
  const place = (spin, column) =>
    (Math.floor(spin / spinsPerTile) * columns + column) * spinsPerTile + (spin % spinsPerTile);
  const isFinished = (spin) => finished.every((column) => values[place(spin, column)] >= 0);
  let [low, high] = [0, tiles * spinsPerTile - 1];
  for (;;) {
    while (low <= high && !isFinished(low)) low++;
    while (low <= high && isFinished(high)) high--;
    if (low > high) return low;
    for (let column = 0; column < columns; column++) {
      const [a, b] = [place(low, column), place(high, column)];
      const kept = words[a];
      words[a] = words[b];
      words[b] = kept;
    }
  }
};
const pick = ({ address, tiles, columns, spinsPerTile, places }) => {
  const words = new Uint32Array(exported.memory.buffer, address, tiles * columns * spinsPerTile);
  const found = new Uint32Array(columns * places.length);
  for (let i = 0; i < places.length; i++) {
    const base = Math.floor(places[i] / spinsPerTile) * columns * spinsPerTile + (places[i] % spinsPerTile);
    for (let column = 0; column < columns; column++)
      found[column * places.length + i] = words[base + column * spinsPerTile];
  }
  return found;
};
const gather = ({ address, tiles, columns, spinsPerTile, places, sources, staying, foreign }) => {
  const words = new Uint32Array(exported.memory.buffer, address, tiles * columns * spinsPerTile);
  const before = staying ? words : words.slice();
  const strangers = foreign.length / columns;
  const start = (spin) => ((spin / spinsPerTile) | 0) * columns * spinsPerTile + (spin % spinsPerTile);
  for (let i = 0; i < places.length; i++) {
    const source = sources[i];
    const to = start(places[i]);
    const from = source >= 0 ? start(source) : 0;
    for (let column = 0; column < columns; column++)
      words[to + column * spinsPerTile] =
        source >= 0 ? before[from + column * spinsPerTile] : foreign[column * strangers - 1 - source];
  }
};
const columnOf = ({ address, tiles, columns, spinsPerTile, column }) => {
  const values = new Float32Array(exported.memory.buffer, address, tiles * columns * spinsPerTile);
  const found = new Float32Array(tiles * spinsPerTile);
  for (let tile = 0; tile < tiles; tile++) {
    const from = (tile * columns + column) * spinsPerTile;
    for (let i = 0; i < spinsPerTile; i++) found[tile * spinsPerTile + i] = values[from + i];
  }
  return found;
};
const handle = (request) => {
  switch (request.kind) {
    case "load": {
      exported = new WebAssembly.Instance(new WebAssembly.Module(request.module)).exports;
      const missing = Math.ceil((request.memoryBytes - exported.memory.buffer.byteLength) / 65536);
      if (missing > 0) exported.memory.grow(missing);
      return;
    }
    case "write":
      return new Uint8Array(exported.memory.buffer).set(request.bytes, request.address);
    case "read":
      return new Uint8Array(exported.memory.buffer).slice(request.address, request.address + request.length);
    case "compact":
      return compact(request);
    case "pick":
      return pick(request);
    case "gather":
      return gather(request);
    case "column":
      return columnOf(request);
    case "tally": {
      const { lists, address, length } = request;
      const copies = new Uint8Array(lists.length * length);
      lists.forEach((calls, i) => {
        for (const [name, ...operands] of calls) exported[name](...operands);
        const counters = new Uint8Array(exported.memory.buffer, address, length);
        copies.set(counters, i * length);
        counters.fill(0);
      });
      return copies;
    }
    case "run":
      for (const [name, ...operands] of request.calls) exported[name](...operands);
  }
};
`;
