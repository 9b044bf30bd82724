/** Requests a worker answers, and what it answers with. */
export type WorkerRequest =
  /** Instantiates a module and grows its memory; nothing. */
  | { readonly kind: "load"; readonly module: Uint8Array; readonly memoryBytes: number }
  /** Nothing. */
  | { readonly kind: "write"; readonly address: number; readonly bytes: Uint8Array }
  /** The bytes as Uint8Array. */
  | { readonly kind: "read"; readonly address: number; readonly length: number }
  /** Calls exported functions one after the other; nothing. */
  | { readonly kind: "run"; readonly calls: readonly ExportCall[] };

export type ExportCall = readonly [name: string, ...operands: number[]];

/** The text of a worker that owns one instance of a module: no WebAssembly memory is shared. */
export const workerText: string = `
"use strict";
let exported;
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
    case "run":
      for (const [name, ...operands] of request.calls) exported[name](...operands);
  }
};
`;
