import type { Described } from "../entry.ts";
import { disc, ellipsoid, ellipticCylinder, prism } from "./bodies.ts";
import { cubic } from "./cubic.ts";
import { expression } from "./expression.ts";
import { shape } from "./shape.ts";
import { uniaxial } from "./uniaxial.ts";
import { voltageControl } from "./voltage-control.ts";
import { zeeman } from "./zeeman.ts";

/** The catalogue of energies: a new one is a file and a name in this list. */
export const energies = {
  uniaxial,
  zeeman,
  cubic,
  shape,
  ellipsoid,
  disc,
  ellipticCylinder,
  prism,
  voltageControl,
  expression,
} as const;

/** Energies of a body's shape, ½ μ0 Ms² m·N·m. */
export const shapes: ReadonlySet<string> = new Set(
  [shape, ellipsoid, disc, ellipticCylinder, prism].map(({ type }) => type),
);

/** An energy as written in a completed experiment. */
export type EnergyDescription = Described<typeof energies>;
