/**
 * Carlson's symmetric elliptic integrals by duplication (B. C. Carlson, Numer. Algorithms 10, 13 (1995)), relative
 * error about 1e-15. Arguments ≥ 0, at most one of x, y zero.
 */

/** Duplications after which arguments of any finite ratio are equal; the loop also ends here for NaN. */
const mostRounds = 600;

/** R_F(x, y, z) = ½ ∫₀^∞ dt / √((t+x)(t+y)(t+z)). */
export function carlsonRF(x: number, y: number, z: number): number {
  for (let round = 0; ; round++) {
    const mean = (x + y + z) / 3;
    const [dx, dy] = [1 - x / mean, 1 - y / mean];
    const dz = -dx - dy;
    if (Math.max(Math.abs(dx), Math.abs(dy), Math.abs(dz)) < 2e-3 || round === mostRounds) {
      const e2 = dx * dy - dz * dz;
      const e3 = dx * dy * dz;
      return (1 - e2 / 10 + e3 / 14 + (e2 * e2) / 24 - (3 * e2 * e3) / 44) / Math.sqrt(mean);
    }
    const shift = Math.sqrt(x * y) + Math.sqrt(y * z) + Math.sqrt(z * x);
    [x, y, z] = [(x + shift) / 4, (y + shift) / 4, (z + shift) / 4];
  }
}

/** R_D(x, y, z) = (3/2) ∫₀^∞ dt / (√((t+x)(t+y)) (t+z)^(3/2)), z > 0. */
export function carlsonRD(x: number, y: number, z: number): number {
  let sum = 0;
  let power = 1;
  for (let round = 0; ; round++) {
    const mean = (x + y + 3 * z) / 5;
    const [dx, dy] = [1 - x / mean, 1 - y / mean];
    const dz = -(dx + dy) / 3;
    if (Math.max(Math.abs(dx), Math.abs(dy), Math.abs(dz)) < 1.5e-3 || round === mostRounds) {
      const e2 = dx * dy - 6 * dz * dz;
      const e3 = (3 * dx * dy - 8 * dz * dz) * dz;
      const e4 = 3 * (dx * dy - dz * dz) * dz * dz;
      const e5 = dx * dy * dz * dz * dz;
      const series =
        1 - (3 * e2) / 14 + e3 / 6 + (9 * e2 * e2) / 88 - (3 * e4) / 22 - (9 * e2 * e3) / 52 + (3 * e5) / 26;
      return 3 * sum + (power * series) / (mean * Math.sqrt(mean));
    }
    const shift = Math.sqrt(x * y) + Math.sqrt(y * z) + Math.sqrt(z * x);
    sum += power / (Math.sqrt(z) * (z + shift));
    power /= 4;
    [x, y, z] = [(x + shift) / 4, (y + shift) / 4, (z + shift) / 4];
  }
}
