/*
 * The sphere as two discs, each a hemisphere about its pole, in Lambert's azimuthal projection: equal areas of the discs
 * are equal areas of the sphere, and the poles are not stretched. Both are seen from +z, the southern one through the
 * sphere, so that φ increases counterclockwise in both, and the rims meet at equal φ.
 */

/** Between the middles of the discs, in radii. */
const apart = 2.2;
const [leftMiddle, rightMiddle] = [0, apart];
export const polarRange: { readonly x: [number, number]; readonly y: [number, number] } = {
  x: [-1.1, apart + 1.1],
  y: [-1.15, 1.15],
};

/** The place of a direction: the northern disc on the left, x of the magnet to the right. */
export function onDiscs(mz: number, phi: number): [number, number] {
  const r = Math.sqrt(Math.max(0, 1 - Math.abs(mz)));
  const middle = mz >= 0 ? leftMiddle : rightMiddle;
  return [middle + r * Math.cos(phi), r * Math.sin(phi)];
}

type Broken = readonly (number | null)[];

/** A line of the map as a line on the discs; across the equator it continues on the other disc. */
export function lineOnDiscs({ x, y }: { readonly x: Broken; readonly y: Broken }): {
  x: (number | null)[];
  y: (number | null)[];
} {
  const out = { x: [] as (number | null)[], y: [] as (number | null)[] };
  let before: number | null = null;
  for (const [i, phi] of x.entries()) {
    const mz = y[i];
    if (phi === null || mz === null) {
      out.x.push(null);
      out.y.push(null);
      before = null;
      continue;
    }
    if (before !== null && before * mz < 0) {
      out.x.push(null);
      out.y.push(null);
    }
    const [a, b] = onDiscs(mz, phi);
    out.x.push(a);
    out.y.push(b);
    before = mz;
  }
  return out;
}

const pixels = 81;

/** A field of the map on the discs, by linear interpolation; null outside the discs. */
export function fieldOnDiscs(
  { mz, phi }: { readonly mz: readonly number[]; readonly phi: readonly number[] },
  z: readonly (readonly (number | null)[])[],
): { x: number[]; y: number[]; z: (number | null)[][] } {
  const across = Math.round((pixels * (polarRange.x[1] - polarRange.x[0])) / 2);
  const even = (count: number, [from, to]: readonly [number, number]) =>
    Array.from({ length: count }, (_, i) => from + ((to - from) * (i + 0.5)) / count);
  const x = even(across, polarRange.x);
  const y = even(pixels, polarRange.y);
  const at = (m: number, p: number): number | null => {
    const row = ((m - mz[0]) / (mz[mz.length - 1] - mz[0])) * (mz.length - 1);
    const column = ((p - phi[0]) / (phi[phi.length - 1] - phi[0])) * (phi.length - 1);
    const [i, j] = [Math.min(mz.length - 2, Math.floor(row)), Math.min(phi.length - 2, Math.floor(column))];
    const [u, v] = [row - i, column - j];
    const corners = [z[i][j], z[i][j + 1], z[i + 1][j], z[i + 1][j + 1]];
    if (corners.some((value) => value === null)) return null;
    const [a, b, c, d] = corners as number[];
    return (1 - u) * ((1 - v) * a + v * b) + u * ((1 - v) * c + v * d);
  };
  const value = (px: number, py: number): number | null => {
    const north = px < apart / 2;
    const [dx, dy] = [px - (north ? leftMiddle : rightMiddle), py];
    const r2 = dx * dx + dy * dy;
    if (r2 > 1) return null;
    return at(north ? 1 - r2 : r2 - 1, Math.atan2(dy, dx));
  };
  return { x, y, z: y.map((py) => x.map((px) => value(px, py))) };
}
