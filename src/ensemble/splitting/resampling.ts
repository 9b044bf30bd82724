/**
 * Systematic resampling (Carpenter, Clifford and Fearnhead, IEE Proc. Radar Sonar Navig. 146 (1999) 2): member i has floor or
 * ceil of count · weight / total copies, on average exactly that many. `offset` is uniform in [0, 1). Those that stay keep their
 * places, further copies take the places of those that do not; what comes back is the member that each place copies.
 */
export function systematic(weights: Float64Array, offset: number): Uint32Array {
  const count = weights.length;
  let total = 0;
  for (const weight of weights) total += weight;
  const indices = new Uint32Array(count);
  const spare: number[] = [];
  let [below, drawn] = [0, 0];
  for (let i = 0; i < count; i++) {
    below += weights[i];
    // the last one takes what rounding has left
    const upTo =
      i === count - 1 ? count : Math.min(count, Math.max(drawn, Math.ceil((below / total) * count - offset)));
    const copies = upTo - drawn;
    drawn = upTo;
    indices[i] = copies > 0 ? i : count;
    for (let k = 1; k < copies; k++) spare.push(i);
  }
  let next = 0;
  for (let i = 0; i < count; i++) if (indices[i] === count) indices[i] = spare[next++];
  return indices;
}

/** (Σw)²/Σw²: how many equal weights would be as good. */
export function effectiveCount(weights: Float64Array): number {
  let [sum, squares] = [0, 0];
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}
