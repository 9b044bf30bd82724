import type { SparseMatrix } from "../linear-algebra/sparse.ts";

/**
 * Signs s of the unknowns with which one term of an operator is odd and all others are even: s_i A_ij s_j = −A_ij for the term, +A_ij for
 * the others. With the term's sign changed the operator is then the same but for the signs of the unknowns: a half turn that takes the
 * easy axis to itself and the field to its opposite. From the places of the entries, which are exact; undefined where there are none.
 */
export function mirrorSigns(terms: readonly SparseMatrix[], odd: number): Int8Array | undefined {
  const size = terms[0].rows;
  // trees of unknowns, each with its sign relative to the one above
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
