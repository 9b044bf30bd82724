import { FunctionBuilder } from "../../expression/webassembly/function.ts";
import { f32x4, i32, v128 } from "../../expression/webassembly/instructions.ts";
import { assembleModule } from "../../expression/webassembly/module.ts";

/** Whether this machine accepts a module that uses the instruction. */
function accepts(instruction: typeof f32x4.add | typeof f32x4.multiplyAdd): boolean {
  if (typeof WebAssembly === "undefined") return false;
  const f = new FunctionBuilder([]);
  const one = f32x4.constant(1);
  f.add(v128.store(i32.constant(0), instruction(one, one, one)));
  return WebAssembly.validate(assembleModule({ probe: f }, 16));
}

export const hasSimd = (): boolean => accepts((x, y) => f32x4.add(x, y));
/** Fused multiply–add: newer Node, Deno and Chromium. */
export const hasRelaxedSimd = (): boolean => accepts(f32x4.multiplyAdd);
