/** name(x, y, …) */
export const call =
  (name: string) =>
  (...x: string[]): string =>
    `${name}(${x.join(", ")})`;

/** (x symbol y) */
export const infix =
  (symbol: string) =>
  (x: string, y: string): string =>
    `(${x} ${symbol} ${y})`;

/** Operators that every target language writes in the same way. */
export const arithmetic = {
  add: infix("+"),
  sub: infix("-"),
  mul: infix("*"),
  div: infix("/"),
  neg: (x: string): string => `(-${x})`,
} as const;
