import { arithmetic, call, infix } from "./notation.ts";
import type { Language } from "./print.ts";

/**
 * WGSL in f32. Functions named `accurate…` are written in shaders/mathematics.wgsl, because WGSL allows errors of 2^-11 (absolute) in its
 * own trigonometry and logarithms, which a million spins resolve.
 */
export const wgsl: Language = {
  number: (value) => {
    const rounded = Math.fround(value);
    if (!Number.isFinite(rounded)) throw new RangeError(`${value} does not fit into float32`);
    const text = `${Math.abs(rounded) < 1.2e-38 ? 0 : rounded}`;
    const literal = /[.e]/.test(text) ? `${text}f` : `${text}.0f`;
    return rounded < 0 ? `(${literal})` : literal;
  },
  define: (name, text) => `let ${name} = ${text};`,
  operators: {
    ...arithmetic,
    sqrt: call("sqrt"),
    sin: call("accurateSin"),
    cos: call("accurateCos"),
    asin: call("accurateAsin"),
    acos: call("accurateAcos"),
    atan2: call("accurateAtan2"),
    exp: call("exp"),
    log: call("accurateLog"),
    log1p: call("accurateLog1p"),
    tanh: call("tanh"),
    abs: call("abs"),
    floor: call("floor"),
    min: call("min"),
    max: call("max"),
    select: (condition, yes, no) => `select(${no}, ${yes}, ${condition})`,
    less: infix("<"),
    lessEqual: infix("<="),
    and: infix("&"),
    or: infix("|"),
    not: (x) => `(!${x})`,
  },
};
