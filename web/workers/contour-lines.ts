/** Lines of equal value on a grid as one polyline; null separates the lines. */
export interface ContourLines {
  readonly x: readonly (number | null)[];
  readonly y: readonly (number | null)[];
}

type Grid = readonly (readonly number[])[];

/** Edges of a cell with corners 1 (low left), 2 (low right), 4 (high right), 8 (high left): bottom, right, top, left. */
const crossings: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  1: [[3, 0]],
  2: [[0, 1]],
  3: [[3, 1]],
  4: [[1, 2]],
  5: [
    [3, 0],
    [1, 2],
  ],
  6: [[0, 2]],
  7: [[3, 2]],
  8: [[2, 3]],
  9: [[2, 0]],
  10: [
    [0, 1],
    [2, 3],
  ],
  11: [[2, 1]],
  12: [[1, 3]],
  13: [[1, 0]],
  14: [[0, 3]],
};

/** Marching squares (Lorensen and Cline 1987 in two dimensions): where each cell's edges cross a level, joined to lines. */
function linesAt(level: number, x: readonly number[], y: readonly number[], z: Grid): [number, number][][] {
  const points = new Map<string, [number, number]>();
  const next = new Map<string, string[]>();
  const edge = (i: number, j: number, side: number): string => {
    const [row, column, upright] = [
      [i, j, 0],
      [i, j + 1, 1],
      [i + 1, j, 0],
      [i, j, 1],
    ][side];
    const key = `${row} ${column} ${upright}`;
    const [a, b] = [z[row][column], upright ? z[row + 1][column] : z[row][column + 1]];
    const u = (level - a) / (b - a);
    points.set(
      key,
      upright
        ? [x[column], y[row] + u * (y[row + 1] - y[row])]
        : [x[column] + u * (x[column + 1] - x[column]), y[row]],
    );
    return key;
  };
  for (let i = 0; i + 1 < y.length; i++)
    for (let j = 0; j + 1 < x.length; j++) {
      const corners = [z[i][j], z[i][j + 1], z[i + 1][j + 1], z[i + 1][j]];
      const kind = corners.reduce((sum, value, k) => sum + (value >= level ? 1 << k : 0), 0);
      for (const sides of crossings[kind] ?? []) {
        const [a, b] = sides.map((side) => edge(i, j, side));
        next.set(a, [...(next.get(a) ?? []), b]);
        next.set(b, [...(next.get(b) ?? []), a]);
      }
    }
  const lines: [number, number][][] = [];
  const take = (start: string): void => {
    const line: [number, number][] = [];
    for (let at: string | undefined = start; at !== undefined; ) {
      line.push(points.get(at) as [number, number]);
      const to: string | undefined = next.get(at)?.pop();
      if (to !== undefined) next.set(to, next.get(to)?.filter((key) => key !== at) ?? []);
      at = to;
    }
    lines.push(line);
  };
  // open lines from their ends first, then closed ones from anywhere
  for (const [key, to] of [...next]) if (to.length === 1 && next.get(key)?.length === 1) take(key);
  for (const key of next.keys()) while ((next.get(key)?.length ?? 0) > 0) take(key);
  return lines;
}

/** Lines at given levels, or at so many levels, evenly spaced between the smallest and the largest value. */
export function contourLines(
  x: readonly number[],
  y: readonly number[],
  z: Grid,
  wanted: number | readonly number[],
): ContourLines {
  const flat = z.flat();
  const [low, high] = [Math.min(...flat), Math.max(...flat)];
  // a function that is constant up to rounding has no lines
  if (high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high))) return { x: [], y: [] };
  const levels =
    typeof wanted === "number"
      ? Array.from({ length: wanted }, (_, i) => low + ((high - low) * (i + 1)) / (wanted + 1))
      : wanted;
  const lines = levels.flatMap((level) => linesAt(level, x, y, z));
  return {
    x: lines.flatMap((line) => [...line.map(([at]) => at), null]),
    y: lines.flatMap((line) => [...line.map(([, at]) => at), null]),
  };
}
