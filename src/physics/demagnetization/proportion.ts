import type { Triple } from "../parameter.ts";

/** Ratio to the middle length from which on a body is a film or a needle to the last digit of its factors. */
const extreme = 1e17;

/** Lengths over the middle one of them, absurd ratios cut where factors no longer depend on them. */
export function inProportion(lengths: Triple): Triple {
  const middle = [...lengths].sort((a, b) => a - b)[1];
  const [x, y, z] = lengths.map((length) => Math.min(extreme, Math.max(1 / extreme, length / middle)));
  return [x, y, z];
}
