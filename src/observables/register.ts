import type { InputError } from "../experiment/input-error.ts";
import { describeInputError } from "../experiment/input-error.ts";
import { nearestName } from "../expression/nearest-name.ts";
import type { OwnPhysics } from "../physics/register.ts";
import { addEntries, physicsAdditions } from "../physics/register.ts";
import { checkExperiment } from "./experiment.ts";
import { observables } from "./index.ts";
import type { Observable } from "./observable.ts";

/** Energies, torques, drives, initial states and observables of a user's own. */
export interface OwnEntries extends OwnPhysics {
  readonly observables?: readonly Observable[];
}

const kinds: readonly (keyof OwnEntries)[] = [
  "energies",
  "torques",
  "drives",
  "initialStates",
  "observables",
];

/** @throws RangeError for a key that names no catalogue, or holds no list */
function requireLists(own: OwnEntries): void {
  const problems = Object.entries(own ?? {}).flatMap(([key, entries]): InputError[] => {
    if ((kinds as readonly string[]).includes(key))
      return entries === undefined || Array.isArray(entries)
        ? []
        : [{ path: key, rule: "must be a list of entries", value: undefined }];
    const suggestion = nearestName(key, kinds);
    const rule = `is not known; there are ${kinds.join(", ")}`;
    return [{ path: key, rule, value: undefined, suggestion }];
  });
  if (problems.length > 0) throw new RangeError(problems.map(describeInputError).join("\n"));
}

/** A small experiment with an entry's example in it. */
const exampleExperiment = (
  part: "energies" | "torques" | "initialStates",
  entry: { readonly type: string; readonly example?: object },
): object => ({
  magnet: { Ms: 8e5, volume: 1e-24, alpha: 0.1, temperature: 300 },
  energies: [{ type: "uniaxial", Ku1: 1e4 }],
  time: { duration: 1e-9 },
  ...(part === "initialStates"
    ? { initial: { type: entry.type, ...entry.example } }
    : { [part]: [{ type: entry.type, ...entry.example }] }),
});

/** @throws RangeError where an example is refused, and whatever an entry throws. */
function requireExamples(own: OwnEntries): void {
  const problems = (["energies", "torques", "initialStates"] as const).flatMap((part) =>
    (own[part] ?? []).flatMap((entry) => {
      if (entry.example === undefined) return [];
      const checked = checkExperiment(exampleExperiment(part, entry));
      return checked.ok
        ? []
        : checked.problems.map((problem) => `${entry.type}: ${describeInputError(problem)}`);
    }),
  );
  if (problems.length > 0) throw new RangeError(problems.join("\n"));
}

/**
 * Adds entries to the catalogues of this program, so that experiments can use them at once; returns a function that removes them. An entry's
 * `example` is checked as an experiment would be: some hundredths of a second each, and what the entry's own functions take.
 * @throws RangeError where a key names no catalogue or holds no list, a type is no name or is taken, an entry lacks a part, or an example is refused, and what an entry throws for its
 * example; nothing is added then
 */
export function register(own: OwnEntries): () => void {
  requireLists(own);
  const remove = addEntries([
    ...physicsAdditions(own),
    {
      catalogue: observables,
      entries: own.observables,
      what: "an observable",
      parts: ["shape", "plan", "instrument", "result"],
    },
  ]);
  try {
    requireExamples(own);
  } catch (error) {
    remove();
    throw error;
  }
  registered++;
  let isIn = true;
  return () => {
    if (isIn) registered--;
    isIn = false;
    remove();
  };
}

let registered = 0;

/** Whether entries are registered: a separate thread does not have them. */
export const hasOwnEntries = (): boolean => registered > 0;
