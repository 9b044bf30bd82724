import { describe, expect, it } from "vitest";
import { contourLines } from "../../web/workers/contour-lines.ts";

const even = (count: number, reach: number): number[] =>
  Array.from({ length: count }, (_, i) => -reach + (2 * reach * i) / (count - 1));

/** Lines of a polyline that null parts. */
function linesOf({ x, y }: ReturnType<typeof contourLines>): [number, number][][] {
  const lines: [number, number][][] = [[]];
  for (const [i, at] of x.entries()) {
    if (at === null) lines.push([]);
    else lines[lines.length - 1].push([at, y[i] as number]);
  }
  return lines.filter((line) => line.length > 0);
}

describe("lines of equal value", () => {
  it("of x² + y² are closed circles", () => {
    const x = even(81, 1);
    const z = x.map((v) => x.map((u) => u * u + v * v));
    // levels 0.5, 1 and 1.5; the two outer ones leave the square
    const lines = linesOf(contourLines(x, x, z, 3));
    const inner = lines.filter((line) => Math.hypot(...line[0]) < 0.8);
    expect(inner).toHaveLength(1);
    expect(inner[0][0]).toEqual(inner[0][inner[0].length - 1]);
    // a straight line between neighbours strays by h²/8 of the curvature: h = 1/40, r = 0.7
    for (const [u, v] of inner[0]) expect(Math.abs(Math.hypot(u, v) - Math.SQRT1_2)).toBeLessThan(2e-4);
    // 1.5 cuts the four corners, 1 touches the sides
    expect(lines.filter((line) => Math.hypot(...line[0]) > 1.1)).toHaveLength(4);
  });

  it("of a plane are straight, each in one piece", () => {
    const x = even(11, 1);
    const y = even(7, 2);
    const z = y.map((v) => x.map((u) => u + 0.5 * v));
    const lines = linesOf(contourLines(x, y, z, 5));
    expect(lines).toHaveLength(5);
    for (const line of lines) {
      const [level] = line.map(([u, v]) => u + 0.5 * v);
      for (const [u, v] of line) expect(u + 0.5 * v).toBeCloseTo(level, 12);
    }
  });

  it("of a constant are none", () => {
    const x = even(5, 1);
    expect(
      contourLines(
        x,
        x,
        x.map(() => x.map(() => 3)),
        4,
      ),
    ).toEqual({ x: [], y: [] });
  });
});
