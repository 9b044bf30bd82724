import type { Availability, Backend, BackendName } from "./kernel.ts";

/** One backend with the outcome of the choice. */
export interface BackendCandidate {
  readonly name: BackendName;
  readonly availability: Availability;
}

export interface Choice {
  readonly backend: Backend;
  /** All backends in order of preference, with the reasons of those that cannot run. */
  readonly candidates: readonly BackendCandidate[];
  /** Why this backend was chosen: one sentence for the result and the terminal. */
  readonly reason: string;
}

/** Asks every backend whether it can run here, and sorts the answers by the rank that each declares. */
export async function candidates(
  backends: readonly Backend[],
  threads?: number,
): Promise<BackendCandidate[]> {
  const answers = await Promise.all(
    backends.map(async (backend) => {
      const { name, rank } = backend;
      const availability = await backend.probe(threads);
      const place = availability.available ? rank[availability.software ? "software" : "hardware"] : Infinity;
      return { place, candidate: { name, availability } };
    }),
  );
  return answers.toSorted((a, b) => before(a.place, b.place)).map(({ candidate }) => candidate);
}

/** Difference of two ranks; 0 if both are infinite. */
const before = (a: number, b: number): number => (a === b ? 0 : a - b);

/**
 * The requested backend, or the best one. Throws with all reasons if none can run, or if the requested one cannot: another is never used
 * instead. `threads`: number of worker threads, where it is not that of the cores.
 */
export async function choose(
  backends: readonly Backend[],
  wanted: BackendName | "auto",
  threads?: number,
): Promise<Choice> {
  // a backend that is requested by name is the only one tried, so that no other driver is loaded
  const sorted = await candidates(
    wanted === "auto" ? backends : backends.filter(({ name }) => name === wanted),
    threads,
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
