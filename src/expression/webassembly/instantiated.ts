import type { FunctionBuilder } from "./function.ts";
import { assembleModule } from "./module.ts";

/** Functions that can be called, by their names, and the memory that they work on. */
export interface Instantiated {
  readonly functions: Readonly<Record<string, (...parameters: number[]) => number>>;
  /** Empty at first. */
  readonly memory: WebAssembly.Memory;
}

/** Undefined if the engine has no WebAssembly with SIMD, or may not compile it. */
export function instantiated(functions: Readonly<Record<string, FunctionBuilder>>): Instantiated | undefined {
  const bytes = assembleModule(functions, 0);
  if (typeof WebAssembly === "undefined" || !WebAssembly.validate(bytes)) return undefined;
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    return {
      functions: exports as unknown as Instantiated["functions"],
      memory: exports.memory as WebAssembly.Memory,
    };
  } catch {
    // a page may forbid compiling
    return undefined;
  }
}
