import type { CompletedExperiment } from "../../src/experiment/schema.ts";

const gathering = new Set(["firstPassage", "dwell", "spectrum"]);

/** Whether a value depends on time or differs from spin to spin. */
const varies = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  (["pulse", "train", "ramp", "sine", "table", "deviation"].some((key) => Object.hasOwn(value, key)) ||
    Object.values(value).some(varies));

/** Whether a typed formula somewhere uses t. */
const usesTime = (value: unknown): boolean =>
  typeof value === "string"
    ? /(?<![\w.])t(?!\w)/.test(value)
    : typeof value === "object" &&
      value !== null &&
      Object.entries(value).some(([key, x]) => key !== "type" && usesTime(x));

/**
 * Whether a run may go on from the state another has reached. Not with drives, whose time would begin anew, nor with
 * spreads, whose spins are not alike, nor with statistics that need a known start.
 */
export const mayContinue = (from: CompletedExperiment, to: CompletedExperiment): boolean =>
  [from, to].every(
    ({ energies, torques, magnet, observables }) =>
      ![energies, torques, magnet].some((part) => varies(part) || usesTime(part)) &&
      !observables.some(({ type }) => gathering.has(type)),
  ) && JSON.stringify(from.initial) === JSON.stringify(to.initial);
