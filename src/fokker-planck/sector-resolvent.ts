import type { InstantaneousOperator } from "./instantaneous-operator.ts";

/** Solves in place. */
export interface Resolvent {
  solve(x: Float64Array): void;
}

/**
 * (1 − γF)⁻¹ on unknowns that couple among themselves, by the factorizations of the operator's sectors. The conserved total, if it is
 * among them, stays constant, because its row of F is zero, and is a source for the others.
 */
export function sharedResolvent(
  { forward, sectors }: InstantaneousOperator,
  unknowns: Int32Array,
): (gamma: number) => Resolvent {
  const place = new Int32Array(forward.rows).fill(-1);
  unknowns.forEach((unknown, i) => {
    place[unknown] = i;
  });
  const parts = sectors
    .filter(({ sector }) => place[sector.unknowns[0]] >= 0)
    .map((part) => ({ part, at: part.sector.unknowns.map((unknown) => place[unknown]) }));
  const total = place[0];
  const source: { readonly at: number; readonly value: number }[] = [];
  if (total >= 0)
    for (const unknown of unknowns)
      for (let k = forward.starts[unknown]; k < forward.starts[unknown + 1]; k++)
        if (forward.indices[k] === 0) source.push({ at: place[unknown], value: forward.values[k] });
  return (gamma) => ({
    solve(x) {
      for (const { at, value } of source) x[at] += gamma * value * x[total];
      for (const { part, at } of parts) {
        const own = Float64Array.from(at, (i) => x[i]);
        part.resolvent(gamma).solve(own);
        for (let i = 0; i < own.length; i++) x[at[i]] = own[i];
      }
    },
  });
}
