import { mapColumns, mapRows } from "./instruments.ts";

/** Interpolates a map of the sphere at a direction, as the shaders do. */
export function mapReader(map: ArrayLike<number>): (mx: number, my: number, mz: number) => number {
  const bin = (i: number, j: number): number =>
    map[Math.max(0, Math.min(mapRows - 1, i)) * mapColumns + ((j + mapColumns) % mapColumns)];
  return (mx, my, mz) => {
    const x = 0.5 * (mz + 1) * mapRows - 0.5;
    const y = (Math.atan2(my, mx) / (2 * Math.PI) + 0.5) * mapColumns - 0.5;
    const [i, j] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [x - i, y - j];
    const low = bin(i, j) * (1 - v) + bin(i, j + 1) * v;
    return low * (1 - u) + (bin(i + 1, j) * (1 - v) + bin(i + 1, j + 1) * v) * u;
  };
}
