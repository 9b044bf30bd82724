import type { Expression } from "./expression.ts";
import { variablesOf } from "./expression.ts";
import { javascript, printFunctionBody } from "./javascript.ts";
import { print } from "./print.ts";

/*
 * The only place where printed text becomes a function. The text comes from expressions, whose constructors
 * admit numbers, known operators and checked names only; text typed by a user never arrives here.
 */

function checkNames(outputs: readonly Expression[], inputs: readonly string[]): void {
  for (const name of [...inputs, ...variablesOf(...outputs)])
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`variable name not printable: ${name}`);
  const missing = [...variablesOf(...outputs)].filter((name) => !inputs.includes(name));
  if (missing.length > 0) throw new Error(`no value is given for ${missing.join(", ")}`);
}

/** A float64 function of the named inputs, in that order. */
export function compileScalar(of: Expression, inputs: readonly string[]): (...values: number[]) => number {
  checkNames([of], inputs);
  const { lines, outputs } = print([of], javascript);
  return new Function(...inputs, `${lines.join("\n")}\nreturn +(${outputs[0]});`) as (
    ...values: number[]
  ) => number;
}

/** A float64 function of (out, offset, ...inputs) that writes all outputs from `out[offset]` on. */
export function compileVector(
  outputs: readonly Expression[],
  inputs: readonly string[],
): (out: Float64Array, offset: number, ...values: number[]) => void {
  checkNames(outputs, inputs);
  return new Function("out", "offset", ...inputs, printFunctionBody(outputs)) as (
    out: Float64Array,
    offset: number,
    ...values: number[]
  ) => void;
}
