import type { Availability, Backend, BackendName } from "./kernel.ts";

/** What became of one backend in the choice. */
export interface BackendCandidate {
  readonly name: BackendName;
  readonly availability: Availability;
}

export interface Choice {
  readonly backend: Backend;
  /** All backends in the order in which they would be taken, with the reasons of those that refuse. */
  readonly candidates: readonly BackendCandidate[];
  /** One sentence for the result and the terminal. */
  readonly reason: string;
}

/** Asks every backend whether it can run here, and sorts the answers by the rank that each gives itself. */
export async function candidates(backends: readonly Backend[]): Promise<BackendCandidate[]> {
  const answers = await Promise.all(
    backends.map(async (backend) => {
      const { name, rank } = backend;
      const availability = await backend.probe();
      const place = availability.available ? rank[availability.software ? "software" : "hardware"] : Infinity;
      return { place, candidate: { name, availability } };
    }),
  );
  return answers.toSorted((a, b) => before(a.place, b.place)).map(({ candidate }) => candidate);
}

/** Where both are endless the difference is none. */
const before = (a: number, b: number): number => (a === b ? 0 : a - b);

/**
 * The backend asked for, or the best there is. Throws with every reason where none can run, or where the one asked
 * for cannot: another is never taken silently.
 */
export async function choose(backends: readonly Backend[], wanted: BackendName | "auto"): Promise<Choice> {
  // asked for by name, only that one is tried: the others' drivers stay untouched
  const sorted = await candidates(
    wanted === "auto" ? backends : backends.filter(({ name }) => name === wanted),
  );
  const refused = sorted.flatMap(({ name, availability }) =>
    availability.available ? [] : [`${name}: ${availability.reason}`],
  );
  const taken = sorted.find(
    ({ name, availability }) => availability.available && (wanted === "auto" || name === wanted),
  );
  const backend = backends.find(({ name }) => name === taken?.name);
  if (!taken || !backend || !taken.availability.available) {
    const what = wanted === "auto" ? "no backend can run here" : `backend ${wanted} cannot run here`;
    throw new Error(`${what} (${refused.join("; ") || "it is not built in"})`);
  }
  const because = wanted === "auto" && refused.length > 0 ? `; not ${refused.join("; not ")}` : "";
  return {
    backend,
    candidates: sorted,
    reason: `${backend.name} on ${taken.availability.adapter}${because}`,
  };
}
