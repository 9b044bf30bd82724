import { z } from "zod";
import { observables } from "./index.ts";

/** Why an experiment without levels has no dwell times, and what to add: the first of the list that separates two levels. */
export function missingLevels(): string {
  const entry = Object.values(observables).find(({ levels }) => levels);
  if (!entry) return "no observable defines the two levels of the dwell times";
  // keys of a user's own entry without a default are left to its help
  const defaults = z.object(entry.shape).safeParse({}).data ?? {};
  const keys = Object.entries(defaults).map(([key, value]) => `, ${key}: ${JSON.stringify(value)}`);
  return `the model has no ${entry.type} observable, and dwell times need its thresholds: add to observables { type: ${entry.type}${keys.join("")} }`;
}
