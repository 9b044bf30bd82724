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
