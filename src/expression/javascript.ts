import type { Expression } from "./expression.ts";
import { arithmetic, call, infix } from "./notation.ts";
import type { Language } from "./print.ts";
import { print } from "./print.ts";

/** Float64 JavaScript. */
export const javascript: Language = {
  number: (value) =>
    value < 0 || Object.is(value, -0) ? `(${Object.is(value, -0) ? "-0" : value})` : `${value}`,
  define: (name, text) => `const ${name} = ${text};`,
  operators: {
    ...arithmetic,
    sqrt: call("Math.sqrt"),
    sin: call("Math.sin"),
    cos: call("Math.cos"),
    asin: call("Math.asin"),
    acos: call("Math.acos"),
    atan2: call("Math.atan2"),
    exp: call("Math.exp"),
    log: call("Math.log"),
    log1p: call("Math.log1p"),
    tanh: call("Math.tanh"),
    abs: call("Math.abs"),
    floor: call("Math.floor"),
    min: call("Math.min"),
    max: call("Math.max"),
    select: (condition, yes, no) => `(${condition} ? ${yes} : ${no})`,
    less: infix("<"),
    lessEqual: infix("<="),
    and: infix("&&"),
    or: infix("||"),
    not: (x) => `(!${x})`,
  },
};

/** The text of a function body that writes the outputs to `out[offset], out[offset + 1], …`. */
export function printFunctionBody(outputs: readonly Expression[]): string {
  const { lines, outputs: texts } = print(outputs, javascript);
  return [...lines, ...texts.map((text, i) => `out[offset + ${i}] = ${text};`)].join("\n");
}
