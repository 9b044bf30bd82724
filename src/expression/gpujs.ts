import { arithmetic, call, infix } from "./notation.ts";
import type { Language } from "./print.ts";

/**
 * The JavaScript that gpu.js reads and turns into GLSL. Truth values are written where they are used, because gpu.js has no reliable
 * logical variables. Functions named `accurate…` are written in ensemble/gpujs/mathematics.ts, because GLSL does not specify the errors
 * of its own.
 */
export const gpujs: Language = {
  number: (value) => {
    const rounded = Math.fround(value);
    if (!Number.isFinite(rounded)) throw new RangeError(`${value} does not fit into float32`);
    const text = `${Math.abs(rounded) < 1.2e-38 ? 0 : Math.abs(rounded)}`;
    // plain digits: gpu.js reads an exponent as the name of a variable
    const plain = /e/.test(text) ? plainDigits(Math.abs(rounded)) : text;
    const literal = plain.includes(".") ? plain : `${plain}.0`;
    return rounded < 0 ? `(-${literal})` : literal;
  },
  define: (name, text, logical) => `const ${name} = ${logical ? `(${text} ? 1.0 : 0.0)` : text};`,
  operators: {
    ...arithmetic,
    sqrt: call("Math.sqrt"),
    sin: call("accurateSin"),
    cos: call("accurateCos"),
    asin: call("accurateAsin"),
    acos: call("accurateAcos"),
    atan2: call("accurateAtan2"),
    exp: call("Math.exp"),
    log: call("accurateLog"),
    log1p: call("accurateLog1p"),
    tanh: call("accurateTanh"),
    abs: call("Math.abs"),
    floor: call("Math.floor"),
    min: call("Math.min"),
    max: call("Math.max"),
    select: (condition, yes, no) => `(${truth(condition)} ? ${yes} : ${no})`,
    less: infix("<"),
    lessEqual: infix("<="),
    and: (x, y) => `(${truth(x)} && ${truth(y)})`,
    or: (x, y) => `(${truth(x)} || ${truth(y)})`,
    not: (x) => `(!${truth(x)})`,
  },
};

/** A condition from a text that is a condition, or from the name of a number that stands for one. */
export const truth = (text: string): string => (/^[A-Za-z_]\w*$/.test(text) ? `(${text} > 0.5)` : text);

/** Digits of a positive number without an exponent. */
function plainDigits(value: number): string {
  if (value >= 1) return BigInt(value).toString();
  return value.toFixed(Math.min(100, Math.ceil(-Math.log10(value)) + 10));
}
