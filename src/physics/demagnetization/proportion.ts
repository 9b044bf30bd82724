import type { Triple } from "../parameter.ts";

/** Beyond this ratio to the middle length, a body has the factors of a film or a needle to the last digit. */
const extreme = 1e17;

/** Lengths over the middle one. Ratios are clamped where the factors no longer depend on them. */
export function inProportion(lengths: Triple): Triple {
  const middle = [...lengths].sort((a, b) => a - b)[1];
  const [x, y, z] = lengths.map((length) => Math.min(extreme, Math.max(1 / extreme, length / middle)));
  return [x, y, z];
}
