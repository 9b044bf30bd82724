import type { InputError } from "./input-error.ts";
import { joinPath } from "./input-error.ts";

/*
 * Experiments come from files, pages and other programs. Each is first copied into plain objects, lists and scalars of bounded size, so
 * that getters, prototypes and cycles cannot do harm.
 */

const deepest = 24;
const mostValues = 200_000;
const longestText = 100_000;

const forbidden: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
export const isForbiddenKey = (key: string): boolean => forbidden.has(key);

/** Copies plain data and lists what is not plain. */
export function plainCopy(input: unknown): { copy: unknown; problems: InputError[] } {
  const problems: InputError[] = [];
  let values = 0;
  const complain = (path: readonly string[], rule: string, value?: unknown): undefined => {
    if (problems.length < 100) problems.push({ path: joinPath(...path), rule, value });
    return undefined;
  };
  const walk = (value: unknown, path: readonly string[]): unknown => {
    if (++values > mostValues) return undefined;
    if (value === null || value === undefined) return value;
    if (typeof value === "boolean" || typeof value === "number") return value;
    if (typeof value === "string")
      return value.length <= longestText
        ? value
        : complain(path, `must have at most ${longestText} characters`);
    if (typeof value !== "object") return complain(path, "must be plain data", value);
    if (path.length >= deepest) return complain(path, `is nested more than ${deepest} levels deep`);
    if (Array.isArray(value)) return value.map((item, i) => walk(item, [...path, String(i)]));
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
      return complain(path, "must be plain data");
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      if (isForbiddenKey(key)) complain([...path, key], "is not known");
      else {
        const inner = walk((value as Record<string, unknown>)[key], [...path, key]);
        if (inner !== undefined) copy[key] = inner;
      }
    }
    return copy;
  };
  const copy = walk(input, []);
  if (values > mostValues) complain([], `must have at most ${mostValues} values`);
  return { copy, problems };
}
