import { nearestName } from "../expression/nearest-name.ts";
import { namePattern } from "../expression/parse.ts";
import type { DriveEntry } from "./drives/drive.ts";
import { drives } from "./drives/index.ts";
import { energies } from "./energies/index.ts";
import type { EnergyEntry, TorqueEntry } from "./entry.ts";
import { initialStates } from "./initial/index.ts";
import type { InitialEntry } from "./initial/initial-entry.ts";
import { torques } from "./torques/index.ts";

/** Entries of a user's own. */
export interface OwnPhysics {
  readonly energies?: readonly EnergyEntry[];
  readonly torques?: readonly TorqueEntry[];
  readonly drives?: readonly DriveEntry[];
  readonly initialStates?: readonly InitialEntry[];
}

let generation = 0;

/** Caches a value made from the catalogues; makes it again after each registration. */
export function perGeneration<T>(make: () => T): () => T {
  let [madeIn, made] = [-1, undefined as T];
  return () => {
    if (madeIn !== generation) [madeIn, made] = [generation, make()];
    return made;
  };
}

interface Addition {
  readonly catalogue: object;
  readonly entries: readonly { readonly type: string }[] | undefined;
  /** Kind of entry, in words. */
  readonly what: string;
  /** Keys that every entry must have. */
  readonly parts: readonly string[];
  /** Keys that an entry may have besides. */
  readonly optional?: readonly string[];
}

/** The missing parts of an entry, in words; undefined if it is complete. */
function lackingParts(entry: object, { what, parts }: Addition): string | undefined {
  const lacking = parts.filter((part) => (entry as Record<string, unknown>)[part] === undefined);
  return lacking.length > 0
    ? `${what} must have ${parts.join(", ")}: without ${lacking.join(", ")}`
    : undefined;
}

/** Keys that mean one which is not there: it would be passed over in silence. */
function misspelt(entry: object, { parts, optional = [] }: Addition): string[] {
  const absent = optional.filter((key) => !(key in entry));
  return Object.keys(entry)
    .filter((key) => ![...parts, ...optional, "type"].includes(key))
    .flatMap((key) => {
      const meant = nearestName(key, absent);
      return meant === undefined ? [] : [`${key} is not known; did you mean ${meant}?`];
    });
}

/**
 * Adds entries to catalogues and returns a function that removes them again.
 * @throws RangeError where a type is no name or is taken, or an entry lacks a part; nothing is added then
 */
export function addEntries(additions: readonly Addition[]): () => void {
  const problems = additions.flatMap((addition) => {
    const { catalogue, entries = [], what } = addition;
    return entries.flatMap((entry, i) => {
      if (typeof entry !== "object" || entry === null) return [`${what} must be an object, got ${entry}`];
      const { type } = entry;
      if (typeof type !== "string" || !namePattern.test(type))
        return [`the type of ${what} must be a name of letters and digits, got ${type}`];
      const taken = Object.hasOwn(catalogue, type) || entries.findIndex((one) => one.type === type) < i;
      if (taken) return [`there is ${what} of type ${type} already`];
      const lacking = lackingParts(entry, addition);
      return [...(lacking ? [lacking] : []), ...misspelt(entry, addition)].map((rule) => `${type}: ${rule}`);
    });
  });
  if (problems.length > 0) throw new RangeError(problems.join("\n"));
  const each = (
    change: (catalogue: Record<string, unknown>, entry: { readonly type: string }) => void,
  ): void => {
    for (const { catalogue, entries = [] } of additions)
      for (const entry of entries) change(catalogue as Record<string, unknown>, entry);
    generation++;
  };
  each((catalogue, entry) => {
    catalogue[entry.type] = entry;
  });
  return () =>
    each((catalogue, entry) => {
      // a later entry may have taken the name by now
      if (catalogue[entry.type] === entry) delete catalogue[entry.type];
    });
}

const ofTerms = ["title", "source", "needsUnits", "example", "arrows", "rules"];

/** The catalogues of physics that entries are to be added to. */
export const physicsAdditions = (own: OwnPhysics): Addition[] => [
  {
    catalogue: energies,
    entries: own.energies,
    what: "an energy",
    parts: ["parameters", "contribution"],
    optional: [...ofTerms, "anisotropy"],
  },
  {
    catalogue: torques,
    entries: own.torques,
    what: "a torque",
    parts: ["parameters", "contribution"],
    optional: ofTerms,
  },
  {
    catalogue: drives,
    entries: own.drives,
    what: "a drive",
    parts: ["parameters", "expression", "breakpoints", "resolution"],
    optional: ["title", "rules", "typical"],
  },
  {
    catalogue: initialStates,
    entries: own.initialStates,
    what: "an initial state",
    parts: ["parameters", "law"],
    optional: ["title", "example", "needsTemperature", "isOneSided"],
  },
];
