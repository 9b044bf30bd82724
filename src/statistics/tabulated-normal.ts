import { normalProbability } from "./normal.ts";

const [reach, perUnit] = [8, 128];
let table: Float64Array | undefined;

/** P(Z ≤ z) of a standard normal variable, to 4e-6: linear in a table. */
export function tabulatedNormal(z: number): number {
  table ??= Float64Array.from({ length: 2 * reach * perUnit + 2 }, (_, i) =>
    normalProbability(i / perUnit - reach),
  );
  const at = Math.min(2 * reach, Math.max(0, z + reach)) * perUnit;
  const i = Math.floor(at);
  return table[i] + (at - i) * (table[i + 1] - table[i]);
}
