import type { Program } from "../schedule.ts";
import type { Code } from "./binary.ts";
import type { FunctionBuilder } from "./function.ts";
import { f32x4 } from "./instructions.ts";
import { operators } from "./operators.ts";
import { number } from "./polynomials.ts";

/**
 * Prints values of a program as code for four lanes, each where it is first needed. `read` supplies variables; computed values are kept
 * in locals.
 */
export class LanePrinter {
  private readonly done: Map<number, Code>;
  private readonly f: FunctionBuilder;
  private readonly program: Program;
  private readonly read: (name: string) => Code;

  constructor(
    f: FunctionBuilder,
    program: Program,
    read: (name: string) => Code,
    done: ReadonlyMap<number, Code> = new Map(),
  ) {
    this.f = f;
    this.program = program;
    this.read = read;
    this.done = new Map(done);
  }

  /** A printer for an inner block: it knows the values computed so far; values that it adds are not known outside. */
  fork(read: (name: string) => Code = this.read): LanePrinter {
    return new LanePrinter(this.f, this.program, read, this.done);
  }

  /** Declares that this code already holds a value. */
  bind(index: number, code: Code): void {
    this.done.set(index, code);
  }

  value(index: number): Code {
    let code = this.done.get(index);
    if (!code) this.done.set(index, (code = this.compute(index)));
    return code;
  }

  private compute(index: number): Code {
    const { f } = this;
    const value = this.program.values[index];
    if (value.kind === "constant") return number(f, value.value);
    if (value.kind === "variable") return f.keep(this.read(value.name));
    const fused = f.relaxed && this.fused(value.operator, value.operands);
    return f.keep(fused || operators[value.operator](f, ...value.operands.map((x) => this.value(x))));
  }

  /** x·y + z or z − x·y if nothing else uses the product. */
  private fused(operator: string, [left, right]: readonly number[]): Code | undefined {
    if (operator !== "add" && operator !== "sub") return undefined;
    const factors = (index: number): readonly number[] | undefined => {
      const value = this.program.values[index];
      const product = value.kind === "apply" && value.operator === "mul" && value.uses === 1;
      return product && !this.done.has(index) ? value.operands : undefined;
    };
    const product = factors(right);
    if (product) {
      const sum = this.value(left);
      const [x, y] = product.map((operand) => this.value(operand));
      return operator === "add" ? f32x4.multiplyAdd(x, y, sum) : f32x4.multiplySubtract(x, y, sum);
    }
    const first = operator === "add" ? factors(left) : undefined;
    if (!first) return undefined;
    const sum = this.value(right);
    const [x, y] = first.map((operand) => this.value(operand));
    return f32x4.multiplyAdd(x, y, sum);
  }
}
