import type { Described } from "../entry.ts";
import { field } from "./field.ts";
import { potential } from "./potential.ts";
import { slonczewski } from "./slonczewski.ts";
import { spinAccumulation } from "./spin-accumulation.ts";
import { spinOrbit } from "./spin-orbit.ts";
import { spinTransfer } from "./spin-transfer.ts";

/** The catalogue of torques: a new one is a file and a name in this list. */
export const torques = { spinTransfer, slonczewski, spinOrbit, potential, field, spinAccumulation } as const;

/** A torque as written in a completed experiment. */
export type TorqueDescription = Described<typeof torques>;
