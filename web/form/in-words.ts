import { energies } from "../../src/physics/energies/index.ts";
import type { Entry } from "../../src/physics/entry.ts";
import { torques } from "../../src/physics/torques/index.ts";
import type { PlainObject } from "../values/difference.ts";

const titles: Readonly<Record<string, Pick<Entry, "title">>> = { ...energies, ...torques };

/** Description of an experiment without one: the titles of its terms. */
export function inWords({ energies = [], torques = [] }: PlainObject): string {
  const terms = [energies, torques]
    .flatMap((list) => (Array.isArray(list) ? (list as readonly PlainObject[]) : []))
    .map((term) => titles[String(term?.type)]?.title.split(",")[0] ?? String(term?.type));
  return terms.length === 0 ? "A magnet without energies and torques." : `From a file: ${terms.join("; ")}.`;
}
