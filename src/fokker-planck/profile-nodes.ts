import { throughGaussNodes } from "../numerics/gauss-interpolation.ts";
import { gaussLegendreOn } from "../numerics/gauss-legendre.ts";
import type { AxialProfile } from "./axial-profile.ts";
import { panelSize } from "./axial-profile.ts";

/** Largest angle times degree, rad, that one set of Gauss nodes integrates: P_l oscillates once in 2π/l. */
const turned = 8;

const interpolated = throughGaussNodes(panelSize);

/**
 * Points and masses of a profile's normalized weight that integrate it against Legendre functions up to a degree. A panel is as wide as
 * its exponent allows. If functions of high degree oscillate many times on it, it is cut into equal angles and the exponent is
 * interpolated.
 */
export function profileNodes(
  { z, weights, exponent, density, logPartition }: AxialProfile,
  degree: number,
): { readonly z: number[]; readonly mass: number[] } {
  const out = { z: [] as number[], mass: [] as number[] };
  for (let first = 0; first < z.length; first += panelSize) {
    let half = 0;
    for (let i = 0; i < panelSize; i++) half += weights[first + i] / 2;
    const middle = (z[first] + z[first + panelSize - 1]) / 2;
    const angle = (x: number): number => Math.acos(Math.max(-1, Math.min(1, x)));
    const [from, to] = [angle(middle - half), angle(middle + half)];
    const parts = Math.ceil(((from - to) * degree) / turned);
    if (parts <= 1) {
      for (let q = first; q < first + panelSize; q++) {
        out.z.push(z[q]);
        out.mass.push(density[q] * weights[q]);
      }
      continue;
    }
    for (let part = 0; part < parts; part++) {
      const ends = [part, part + 1].map((k) =>
        k === 0 ? middle - half : k === parts ? middle + half : Math.cos(from + ((to - from) * k) / parts),
      );
      const { nodes, weights: cut } = gaussLegendreOn(panelSize, ends[0], ends[1]);
      nodes.forEach((x, q) => {
        const at = interpolated((i) => exponent[first + i], (x - middle) / half);
        out.z.push(x);
        out.mass.push(cut[q] * Math.exp(-at - logPartition));
      });
    }
  }
  return out;
}
