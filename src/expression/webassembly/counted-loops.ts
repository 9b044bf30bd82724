import type { Code } from "./binary.ts";
import type { FunctionBuilder, Local } from "./function.ts";
import { i32 } from "./instructions.ts";

export const increase = (f: FunctionBuilder, local: Local, by: Code): void =>
  f.add(local.set(i32.add(local.get, by)));
export const decrease = (f: FunctionBuilder, local: Local, by: number): void =>
  f.add(local.set(i32.subtract(local.get, i32.constant(by))));
const atLeast = (value: Code, limit: number): Code =>
  i32.equalsZero(i32.lessUnsigned(value, i32.constant(limit)));

/** Repeats while `count` is at least `step`, which is taken from it each time. */
export function repeatBy(f: FunctionBuilder, count: Local, step: number, inside: () => void): void {
  f.when(atLeast(count.get, step), () =>
    f.repeat(() => {
      inside();
      decrease(f, count, step);
      return atLeast(count.get, step);
    }),
  );
}
