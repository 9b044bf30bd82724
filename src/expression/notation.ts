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

/** What every language writes alike. */
export const arithmetic = {
  add: infix("+"),
  sub: infix("-"),
  mul: infix("*"),
  div: infix("/"),
  neg: (x: string): string => `(-${x})`,
} as const;
