import type { Described } from "../entry.ts";
import { spinTransfer } from "./spin-transfer.ts";

/** The catalogue of torques: a new one is a file here and a name in this list. */
export const torques = { spinTransfer } as const;

/** A torque as written in a completed experiment. */
export type TorqueDescription = Described<typeof torques>;
