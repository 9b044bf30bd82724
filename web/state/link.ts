import { describeInputError } from "../../src/experiment/input-error.ts";
import { plainCopy } from "../../src/experiment/plain-data.ts";
import type { Plain, PlainObject } from "../values/difference.ts";
import { applied, difference } from "../values/difference.ts";

/** Version of the link's format. A page that reads a later one says so instead of guessing. */
export const linkVersion = 1;

/** Options in a link in addition to the experiment. */
export interface LinkOptions {
  readonly backend?: string | undefined;
  /** Number of spins; absent: as many as the machine can take. */
  readonly spins?: number | undefined;
  /** Seconds that a run takes; 0 without pacing. */
  readonly seconds?: number | undefined;
  readonly tab?: string | undefined;
  /** Content of the sphere instead of spins. */
  readonly sphere?: string | undefined;
  /** "off" if the sphere shows no lines of equal energy. */
  readonly lines?: string | undefined;
  /** Axes of a map, as JSON. */
  readonly map?: string | undefined;
  /** The open story and its step, as "id.1". */
  readonly story?: string | undefined;
  /** Measured data: files in an archive as text, and options for reading them, as JSON. */
  readonly data?: string | undefined;
  readonly reading?: string | undefined;
}

export type ReadLink =
  | {
      readonly ok: true;
      readonly preset: string;
      readonly changes: Record<string, Plain>;
      readonly options: LinkOptions;
    }
  | { readonly ok: false; readonly reason: string };

const number = (text: string | null): number | undefined => {
  const value = Number(text);
  return text !== null && text !== "" && Number.isFinite(value) && value >= 0 ? value : undefined;
};

export function readLink(hash: string): ReadLink | null {
  const text = hash.replace(/^#/, "");
  if (text === "") return null;
  const query = new URLSearchParams(text);
  const version = query.get("v");
  if (version !== String(linkVersion))
    return {
      ok: false,
      reason: version
        ? `it is of version ${version}, and this page reads version ${linkVersion}`
        : "it does not give its version",
    };
  let changes: unknown = {};
  try {
    changes = JSON.parse(query.get("set") ?? "{}");
  } catch (error) {
    return { ok: false, reason: `its changes are not JSON (${(error as Error).message})` };
  }
  if (typeof changes !== "object" || changes === null || Array.isArray(changes))
    return { ok: false, reason: "its changes are not a list of paths and values" };
  // too deep or too large values go neither to the fields nor to a worker
  const [problem] = plainCopy(changes).problems;
  if (problem) return { ok: false, reason: `its changes are no experiment: ${describeInputError(problem)}` };
  return {
    ok: true,
    preset: query.get("preset") ?? "",
    changes: changes as Record<string, Plain>,
    options: {
      backend: query.get("backend") ?? undefined,
      spins: number(query.get("spins")),
      seconds: number(query.get("seconds")),
      tab: query.get("tab") ?? undefined,
      sphere: query.get("sphere") ?? undefined,
      lines: query.get("lines") ?? undefined,
      map: query.get("map") ?? undefined,
      story: query.get("story") ?? undefined,
      data: query.get("data") ?? undefined,
      reading: query.get("reading") ?? undefined,
    },
  };
}

export function writeLink(
  preset: string,
  base: PlainObject,
  written: PlainObject,
  options: LinkOptions,
): string {
  const query = new URLSearchParams({ v: String(linkVersion), preset });
  const changes = difference(base, written);
  if (Object.keys(changes).length > 0) query.set("set", JSON.stringify(changes));
  for (const [key, value] of Object.entries(options)) if (value !== undefined) query.set(key, String(value));
  return `#${query}`;
}

export const experimentOf = (base: PlainObject, changes: Record<string, Plain>): PlainObject =>
  Object.hasOwn(changes, "") && typeof changes[""] === "object"
    ? (changes[""] as PlainObject)
    : applied(base, changes);
