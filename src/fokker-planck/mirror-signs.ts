import type { SparseMatrix } from "../linear-algebra/sparse.ts";

/**
 * Signs s of the unknowns with which one term of an operator is odd and all others are even: s_i A_ij s_j = −A_ij for the term, +A_ij for
 * the others. With the term's sign reversed, the operator is then the same up to the signs of the unknowns. An example is a half turn
 * that keeps the easy axis and reverses the field. The places of the entries, which are exact, decide; undefined if there are no such
 * signs.
 */
export function mirrorSigns(terms: readonly SparseMatrix[], odd: number): Int8Array | undefined {
  const size = terms[0].rows;
  // trees of coupled unknowns, each with its sign relative to its parent
  const above = Int32Array.from({ length: size }, (_, i) => i);
  const relative = new Int8Array(size).fill(1);
  const root = (start: number): { root: number; sign: number } => {
    let [i, sign] = [start, 1];
    while (above[i] !== i) {
      sign *= relative[i];
      i = above[i];
    }
    above[start] = i;
    relative[start] = i === start ? 1 : sign;
    return { root: i, sign };
  };
  for (const [r, { rows, starts, indices, values }] of terms.entries()) {
    const wanted = r === odd ? -1 : 1;
    for (let i = 0; i < rows; i++)
      for (let k = starts[i]; k < starts[i + 1]; k++) {
        if (values[k] === 0) continue;
        const [a, b] = [root(i), root(indices[k])];
        if (a.root === b.root) {
          if (a.sign * b.sign !== wanted) return undefined;
        } else {
          above[a.root] = b.root;
          relative[a.root] = a.sign * b.sign * wanted;
        }
      }
  }
  return Int8Array.from(above, (_, i) => root(i).sign);
}
