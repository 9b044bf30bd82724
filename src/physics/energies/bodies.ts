import type { Vector } from "../../expression/vector.ts";
import { vector } from "../../expression/vector.ts";
import {
  discFactor,
  ellipsoidFactors,
  ellipticCylinderFactors,
  prismFactors,
} from "../demagnetization/index.ts";
import { energy } from "../entry.ts";
import type { Triple } from "../parameter.ts";
import { demagnetizingEnergy } from "./shape.ts";

/* Shape anisotropy of bodies whose demagnetizing factors are known in closed form; only ratios of lengths count. */

const diagonal = ([x, y, z]: Triple): [Vector, Vector, Vector] => [
  vector(x, 0, 0),
  vector(0, y, 0),
  vector(0, 0, z),
];

export const ellipsoid = energy({
  type: "ellipsoid",
  title: "shape anisotropy of an ellipsoid with its axes along x, y, z",
  source: "J. A. Osborn, Phys. Rev. 67, 351 (1945)",
  needsUnits: true,
  example: { axes: [8e-8, 4e-8, 2e-9] },
  parameters: {
    axes: { kind: "numbers", unit: "m", meaning: "lengths of the axes along x, y, z", above: 0 },
  },
  contribution: ({ axes }, magnet) => demagnetizingEnergy(diagonal(ellipsoidFactors(axes)), magnet),
});

export const disc = energy({
  type: "disc",
  title: "shape anisotropy of a circular disc or cylinder",
  source:
    "R. I. Joseph, J. Appl. Phys. 37, 4639 (1966); S. Tandon et al., J. Magn. Magn. Mater. 271, 9 (2004)",
  needsUnits: true,
  example: { diameter: 4e-8, thickness: 1.5e-9 },
  parameters: {
    diameter: { kind: "number", unit: "m", meaning: "diameter", above: 0 },
    thickness: { kind: "number", unit: "m", meaning: "thickness, along the axis", above: 0 },
    axis: { kind: "direction", unit: "", meaning: "axis of the disc", default: [0, 0, 1] },
  },
  contribution({ diameter, thickness, axis }, magnet) {
    const along = discFactor(thickness / diameter);
    const across = (1 - along) / 2;
    // N = N_across 1 + (N_along − N_across) n⊗n; the axis is constant
    const n = axis.map((x) => (x.kind === "constant" ? x.value : 0));
    const row = (i: number): Vector =>
      vector(
        ...(n.map((x, j) => (i === j ? across : 0) + (along - across) * n[i] * x) as [
          number,
          number,
          number,
        ]),
      );
    return demagnetizingEnergy([row(0), row(1), row(2)], magnet);
  },
});

export const ellipticCylinder = energy({
  type: "ellipticCylinder",
  title: "shape anisotropy of a cylinder of elliptic cross-section, such as a junction's free layer",
  source: "M. Beleggia et al., J. Phys. D 38, 3333 (2005), by an average of circular discs",
  needsUnits: true,
  example: { axes: [8e-8, 4e-8, 1.5e-9] },
  parameters: {
    axes: {
      kind: "numbers",
      unit: "m",
      meaning: "axes of the ellipse along x and y, and the thickness along z",
      above: 0,
    },
  },
  contribution: ({ axes }, magnet) => demagnetizingEnergy(diagonal(ellipticCylinderFactors(axes)), magnet),
});

export const prism = energy({
  type: "prism",
  title: "shape anisotropy of a rectangular prism with its edges along x, y, z",
  source: "A. Aharoni, J. Appl. Phys. 83, 3432 (1998)",
  needsUnits: true,
  example: { edges: [8e-8, 4e-8, 2e-9] },
  parameters: {
    edges: { kind: "numbers", unit: "m", meaning: "lengths of the edges along x, y, z", above: 0 },
  },
  contribution: ({ edges }, magnet) => demagnetizingEnergy(diagonal(prismFactors(edges)), magnet),
});
