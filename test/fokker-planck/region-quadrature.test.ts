import { describe, expect, it } from "vitest";
import type { Vec3 } from "../../src/fokker-planck/frame.ts";
import { rimsAround } from "../../src/fokker-planck/ray-rims.ts";
import { regionAround } from "../../src/fokker-planck/region-quadrature.ts";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.ts";

/** Area of abs(mz) < height, mx > side: along z, where the azimuths left are known. */
function areaOfStrip(height: number, side: number): number {
  const { nodes, weights } = gaussLegendre(60);
  return nodes.reduce((sum, node, i) => {
    const z = node * height;
    return sum + weights[i] * height * 2 * Math.acos(side / Math.sqrt(1 - z * z));
  }, 0);
}

describe("an integral over a region of the sphere", () => {
  it("misses no corner between straight and curved parts of its rim", () => {
    for (const height of [0.1, 0.6])
      for (const side of [-0.3, 0.2])
        for (const turn of [0.05, 0.3]) {
          const inside = ([x]: Vec3): boolean => x > side;
          const centre: Vec3 = [Math.cos(turn), Math.sin(turn), 0];
          const zone = { axis: [0, 0, 1] as const, from: -height, to: height };
          const found = regionAround(rimsAround(centre, inside), undefined, zone).quadrature(60);
          const area = found.reduce((sum, node) => sum + node.area, 0);
          const name = `${height}, ${side}, ${turn}`;
          expect(Math.abs(area / areaOfStrip(height, side) - 1), name).toBeLessThan(2e-7);
        }
  });
});
