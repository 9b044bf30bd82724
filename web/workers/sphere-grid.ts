import { directionAt } from "../../src/numerics/sphere-points.ts";

type Point = [number, number, number];

/** Evenly spaced rows of mz from −1 to 1 and columns of φ from −π to π, both ends included. */
export function sphereGrid(
  rows: number,
  columns: number,
): { mz: number[]; phi: number[]; values: (of: (m: Point) => number) => number[][] } {
  const mz = Array.from({ length: rows }, (_, i) => -1 + (2 * i) / (rows - 1));
  const phi = Array.from({ length: columns }, (_, j) => -Math.PI + (2 * Math.PI * j) / (columns - 1));
  return { mz, phi, values: (of) => mz.map((z) => phi.map((p) => of(directionAt(Math.acos(z), p)))) };
}
