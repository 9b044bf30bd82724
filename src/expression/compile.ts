import type { Expression } from "./expression.ts";
import { variablesOf } from "./expression.ts";
import { javascript, printFunctionBody } from "./javascript.ts";
import { print } from "./print.ts";

/*
 * The only place where printed text becomes a function. The text comes from expressions, whose constructors accept only numbers, known
 * operators and checked names. Text typed by a user never gets here.
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

/**
 * A float64 function of (columns, out, ...constants) that fills `out`. Each named input has a column, in that order; each constant has
 * one value for all places. The loop inside the function takes a tenth of the time of single calls.
 */
export function compileColumns(
  of: Expression,
  inputs: readonly string[],
  constants: readonly string[] = [],
): (columns: readonly Float64Array[], out: Float64Array, ...values: number[]) => void {
  checkNames([of], [...inputs, ...constants]);
  const { lines, outputs } = print([of], javascript);
  const columns = inputs.map((_, k) => `column${k}`);
  const body = [...inputs.map((name, k) => `const ${name} = ${columns[k]}[i];`), ...lines];
  return new Function(
    "columns",
    "out",
    ...constants,
    `const [${columns}] = columns;\nfor (let i = 0; i < out.length; i++) {\n${body.join("\n")}\nout[i] = +(${outputs[0]});\n}`,
  ) as (columns: readonly Float64Array[], out: Float64Array, ...values: number[]) => void;
}

/**
 * A float64 function of (state, columns, from, to, ...constants) that takes steps: each replaces the state, whose names are given, by the
 * values of `next`. Each other input has a column, of which a step reads its own place. The loop stands inside the function.
 */
export function compileSteps(
  next: readonly Expression[],
  state: readonly string[],
  inputs: readonly string[],
  constants: readonly string[] = [],
): (
  state: Float64Array,
  columns: readonly Float64Array[],
  from: number,
  to: number,
  ...values: number[]
) => void {
  checkNames(next, [...state, ...inputs, ...constants]);
  const { lines, outputs } = print(next, javascript);
  const columns = inputs.map((_, k) => `column${k}`);
  const body = [
    ...inputs.map((name, k) => `const ${name} = ${columns[k]}[i];`),
    ...lines,
    ...outputs.map((text, k) => `const next${k} = ${text};`),
    ...state.map((name, k) => `${name} = next${k};`),
  ];
  return new Function(
    "state",
    "columns",
    "from",
    "to",
    ...constants,
    `const [${columns}] = columns;
let [${state}] = state;
for (let i = from; i < to; i++) {
${body.join("\n")}
}
${state.map((name, k) => `state[${k}] = ${name};`).join("\n")}`,
  ) as ReturnType<typeof compileSteps>;
}
