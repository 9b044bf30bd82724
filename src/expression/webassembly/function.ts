import type { Code, ValueType } from "./binary.ts";
import { flatten, sequence, sized, unsigned, valueTypes } from "./binary.ts";
import { i32 } from "./instructions.ts";

/** A local variable: reading it is a piece of code. */
export interface Local {
  readonly get: Code;
  readonly set: (value: Code) => Code;
}

/** Composes one function, statement after statement. */
export class FunctionBuilder {
  readonly parameterTypes: readonly ValueType[];
  private readonly localTypes: ValueType[] = [];
  private statements: Code[] = [];
  private readonly constants = new Map<string, Code>();
  private readonly prologue: Code[] = [];
  /** Whether relaxed SIMD may be used: products and sums are fused if the machine can. */
  readonly relaxed: boolean;
  /** Type of the value that the last statement leaves, if it leaves one. */
  readonly resultType: ValueType | undefined;

  constructor(parameterTypes: readonly ValueType[], relaxed = false, resultType?: ValueType) {
    this.parameterTypes = parameterTypes;
    this.relaxed = relaxed;
    this.resultType = resultType;
  }

  parameter(index: number): Local {
    return { get: [0x20, unsigned(index)], set: (value) => [value, 0x21, unsigned(index)] };
  }

  local(type: ValueType): Local {
    return this.parameter(this.parameterTypes.length + this.localTypes.push(type) - 1);
  }

  add(...code: Code[]): void {
    this.statements.push(...code);
  }

  /** Computes a value here, once, and returns the code that reads it. */
  keep(value: Code, type: ValueType = "v128"): Code {
    const local = this.local(type);
    this.add(local.set(value));
    return local.get;
  }

  /** A vector constant that is loaded once at the entry of the function and not in its loops. */
  constant(value: Code): Code {
    const key = flatten(value).join();
    let read = this.constants.get(key);
    if (!read) {
      const local = this.local("v128");
      this.prologue.push(local.set(value));
      this.constants.set(key, (read = local.get));
    }
    return read;
  }

  private block(opening: Code, inside: () => void): void {
    const outer = this.statements;
    this.statements = [];
    inside();
    outer.push([...opening, ...this.statements, 0x0b]);
    this.statements = outer;
  }

  /** Does what is inside if the condition is not zero. */
  when(condition: Code, inside: () => void): void {
    this.block([condition, 0x04, 0x40], inside);
  }

  /** Repeats what is inside for counter = 0, stride, 2·stride, … below `end`; at least once. */
  loop(end: Code, inside: (counter: Code) => void, stride = 1): void {
    const counter = this.local("i32");
    this.add(counter.set(i32.constant(0)));
    this.block([0x03, 0x40], () => {
      inside(counter.get);
      this.add(counter.set(i32.add(counter.get, i32.constant(stride))));
      this.add([i32.lessUnsigned(counter.get, end), 0x0d, 0]);
    });
  }

  /** Repeats what is inside while the condition it gives is not zero; at least once. */
  repeat(inside: () => Code): void {
    this.block([0x03, 0x40], () => this.add([inside(), 0x0d, 0]));
  }

  /** The body as it stands in the code section. */
  body(): Code {
    const locals = this.localTypes.map((type) => [1, valueTypes[type]]);
    return sized([sequence(locals), this.prologue, this.statements, 0x0b]);
  }
}

/** Calls the function of that number in the module. */
export const call = (index: number, ...operands: Code[]): Code => [...operands, 0x10, unsigned(index)];
