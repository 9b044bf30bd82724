/**
 * Philox4x32 (Salmon et al., SC'11): a bijection of a 128-bit counter under a 64-bit key. It only seeds streams
 * here; in a step loop its wide multiplications would cost more than the physics.
 *
 * `out` receives four unsigned words. Self-contained: its text also runs in worker threads.
 */
export function philox4x32(
  out: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  rounds: number,
): void {
  for (let round = 0; round < rounds; round++) {
    // the two 32 × 32 → 64 bit products by halves of 16 bits; every partial sum is exact in a double
    const p0 = 0xd2511f53 * (c0 & 0xffff);
    const q0 = 0xd2511f53 * (c0 >>> 16) + Math.floor(p0 / 65536);
    const p1 = 0xcd9e8d57 * (c2 & 0xffff);
    const q1 = 0xcd9e8d57 * (c2 >>> 16) + Math.floor(p1 / 65536);
    const high0 = Math.floor(q0 / 65536);
    const high1 = Math.floor(q1 / 65536);
    const next0 = (high1 ^ c1 ^ k0) >>> 0;
    const next2 = (high0 ^ c3 ^ k1) >>> 0;
    c1 = Math.imul(0xcd9e8d57, c2) >>> 0;
    c3 = Math.imul(0xd2511f53, c0) >>> 0;
    c0 = next0;
    c2 = next2;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}
