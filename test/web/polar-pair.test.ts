import { describe, expect, it } from "vitest";
import { fieldOnDiscs, lineOnDiscs, onDiscs } from "../../web/plots/polar-pair.ts";

const mz = Array.from({ length: 41 }, (_, i) => -1 + i / 20);
const phi = Array.from({ length: 73 }, (_, j) => -Math.PI + (2 * Math.PI * j) / 72);

describe("the sphere as two discs", () => {
  it("has equal areas: of a disc that share within r which lies beyond mz = 1 − r²", () => {
    for (const z of [1, 0.75, 0.36, 0]) {
      const [x, y] = onDiscs(z, 0.7);
      expect(x * x + y * y).toBeCloseTo(1 - z, 12);
    }
  });

  it("is seen from +z on both discs: φ goes counterclockwise from x on the right", () => {
    for (const [z, middle] of [
      [0.5, 0],
      [-0.5, 2.2],
    ]) {
      const [x, y] = onDiscs(z, Math.PI / 2);
      expect([x, y].map((value) => Number(value.toFixed(9)))).toEqual([
        middle,
        Number(Math.SQRT1_2.toFixed(9)),
      ]);
    }
  });

  it("shows a field at its directions, and nothing beside the discs", () => {
    const found = fieldOnDiscs(
      { mz, phi },
      mz.map((z) => phi.map((p) => z + 0.1 * Math.cos(p))),
    );
    let [inside, all] = [0, 0];
    found.z.forEach((row, i) => {
      row.forEach((value, j) => {
        all++;
        if (value === null) return;
        inside++;
        const north = found.x[j] < 1.1;
        const [dx, dy] = [found.x[j] - (north ? 0 : 2.2), found.y[i]];
        const z = (1 - dx * dx - dy * dy) * (north ? 1 : -1);
        const r = Math.hypot(dx, dy);
        // at the pole itself there is no azimuth
        if (r < 0.01) return;
        // between values of the cosine there are straight lines
        expect(value).toBeCloseTo(z + (0.1 * dx) / r, 3);
      });
    });
    // two discs of radius 1 in a rectangle of 4.4 by 2.3
    expect(inside / all).toBeCloseTo((2 * Math.PI) / (4.4 * 2.3), 2);
  });

  it("parts a line where it passes the equator", () => {
    const line = lineOnDiscs({ x: [0, 0, null, 1], y: [0.5, -0.5, null, 1] });
    expect(line.x).toHaveLength(5);
    expect(line.x[1]).toBeNull();
    expect(line.x[3]).toBeNull();
  });
});
