import type { Described } from "../entry.ts";
import { uniaxial } from "./uniaxial.ts";
import { zeeman } from "./zeeman.ts";

/** The catalogue of energies: a new one is a file here and a name in this list. */
export const energies = { uniaxial, zeeman } as const;

/** An energy as written in a completed experiment. */
export type EnergyDescription = Described<typeof energies>;
