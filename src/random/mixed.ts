/**
 * Mixes the bits of a 32-bit word, so that similar words give unrelated ones. The mixer of MurmurHash3 (A.
 * Appleby, public domain).
 */
export function mixed(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
