import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { drives } from "../../src/physics/drives/index.ts";

/** Whether a value depends on time or differs from spin to spin. */
const varies = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  ([...Object.keys(drives), "deviation"].some((key) => Object.hasOwn(value, key)) ||
    Object.values(value).some(varies));

/** Whether a typed formula somewhere uses t. */
const usesTime = (value: unknown): boolean =>
  typeof value === "string"
    ? /(?<![\w.])t(?!\w)/.test(value)
    : typeof value === "object" &&
      value !== null &&
      Object.entries(value).some(([key, x]) => key !== "type" && usesTime(x));

/**
 * Whether a run may continue from the state of another. Not with drives, whose time would start again, nor with
 * spreads, whose spins differ.
 */
export const mayContinue = (from: CompletedExperiment, to: CompletedExperiment): boolean =>
  [from, to].every(
    ({ energies, torques, magnet }) =>
      ![energies, torques, magnet].some((part) => varies(part) || usesTime(part)),
  ) && JSON.stringify(from.initial) === JSON.stringify(to.initial);
