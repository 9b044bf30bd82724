import type { z } from "zod";
import { nearestName } from "../expression/nearest-name.ts";
import { isObject } from "./plain-object.ts";

/** One problem of an experiment as written. */
export interface InputError {
  /** Keys and positions joined by dots, as in `--set`: "torques.0.dampingLike"; "" for the whole. */
  readonly path: string;
  /** "must …" or "is …": forms a sentence with the path. */
  readonly rule: string;
  /** The value that was found there; undefined if there was none. */
  readonly value: unknown;
  /** What was probably meant. */
  readonly suggestion?: string | undefined;
}

/** "magnet.temperature must be ≥ 0 K, got -4". */
export function describeInputError({ path, rule, value, suggestion }: InputError): string {
  const got = value === undefined ? "" : `, got ${shown(value)}`;
  const hint = suggestion === undefined ? "" : `; did you mean ${suggestion}?`;
  return `${path || "the experiment"} ${rule}${got}${hint}`;
}

/** A value in at most 60 characters. */
function shown(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Keys and positions as a path: "torques.0.dampingLike". */
export const joinPath = (...parts: readonly PropertyKey[]): string =>
  parts
    .map(String)
    .filter((part) => part !== "")
    .join(".");

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );

type Issues = readonly z.core.$ZodIssue[];

/** How badly a branch of a union fits a value; a branch of another type fits worst. */
function misfit(issues: Issues, value: unknown): number {
  const weights = issues.map((issue) => {
    const depth = issue.path.length;
    // a value of the wrong type, as a word in place of an object; problems inside an object say more
    if (issue.code === "invalid_value" && depth === 0)
      return issue.values.some((word) => typeof word === typeof value) ? 1 : 9e3;
    if (issue.code === "unrecognized_keys") return depth === 0 ? 100 * issue.keys.length : 1;
    if (issue.code === "invalid_type") return depth === 0 ? 1e4 : depth === 1 ? 50 : 1;
    if (issue.code === "invalid_union" && issue.errors.length > 0)
      return depth === 0 ? Math.min(...issue.errors.map((branch) => misfit(branch, value))) : 1;
    return 1;
  });
  return weights.reduce((sum, weight) => sum + weight, 0);
}

/** The keys of the value that a branch of a union does not take. */
const unknownIn = (branch: Issues) =>
  branch.filter((issue) => issue.code === "unrecognized_keys" && issue.path.length === 0);

/** Whether an object has no key of any branch, or keys of two of which none takes both. */
function isNoneOf(branches: readonly Issues[], value: unknown): boolean {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  const taken = branches.map((branch) => {
    if (branch.some(({ code, path }) => code === "invalid_type" && path.length === 0)) return [];
    const unknown = unknownIn(branch).flatMap((issue) => ("keys" in issue ? issue.keys : []));
    return keys.filter((key) => !unknown.includes(key));
  });
  const known = new Set(taken.flat());
  return known.size === 0 || taken.every(({ length }) => length < known.size);
}

function translate(issue: z.core.$ZodIssue, input: unknown, above: readonly PropertyKey[]): InputError[] {
  const path = [...above, ...issue.path];
  const value = valueAt(input, path);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      path: joinPath(...path, key),
      rule: "is not known",
      value: undefined,
      // the message of closedObject is the list of its keys
      suggestion: /^Unrecognized/.test(issue.message)
        ? undefined
        : nearestName(key, issue.message.split(" ")),
    }));
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const branches = issue.errors.toSorted((a, b) => misfit(a, value) - misfit(b, value));
    const isMixed = hasOwnRule(issue) && isNoneOf(branches, value);
    const unknown = isMixed ? branches.flatMap(unknownIn).map((inner) => translate(inner, input, path)) : [];
    const misspelt = unknown.flat().find(({ suggestion }) => suggestion !== undefined);
    if (misspelt) return [misspelt];
    if (misfit(branches[0], value) < 1e4 && !isMixed)
      return branches[0].flatMap((inner) => translate(inner, input, path));
    if (!hasOwnRule(issue)) {
      const rules = branches.flat().map((inner) => translate(inner, input, path)[0].rule);
      return [{ path: joinPath(...path), rule: anyOf([...new Set(rules)]), value }];
    }
  }
  if (issue.code === "invalid_union" && issue.errors.length === 0) {
    const known = "options" in issue ? (issue.options as readonly PropertyKey[]).map(String) : [];
    const suggestion = typeof value === "string" ? nearestName(value, known) : undefined;
    const rule = value === undefined ? "must be given: one of" : "must be one of";
    return [{ path: joinPath(...path), rule: `${rule} ${known.join(", ")}`, value, suggestion }];
  }
  if (issue.code === "invalid_value") {
    const known = issue.values.map(String);
    const suggestion = typeof value === "string" ? nearestName(value, known) : undefined;
    const rule = known.length === 1 ? `must be ${known[0]}` : `must be one of ${known.join(", ")}`;
    return [{ path: joinPath(...path), rule, value, suggestion }];
  }
  const rule = hasOwnRule(issue) ? issue.message : (plainRule(issue) ?? `must be valid (${issue.message})`);
  return [{ path: joinPath(...path), rule: value === undefined ? missing(rule) : rule, value }];
}

const hasOwnRule = ({ message }: z.core.$ZodIssue): boolean => /^(must|is) /.test(message);

/** "must be a list or an object": joins rules of which one must hold. */
const anyOf = ([first, ...others]: readonly string[]): string =>
  [first, ...others.map((rule) => rule.replace(/^must be /, ""))].join(" or ");

const missing = (rule: string): string => rule.replace(/^must be(?! given)/, "must be given:");

/** The rule of a zod issue that has no message of its own. */
function plainRule(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code === "invalid_type") {
    const expected = issue.expected === "array" ? "list" : issue.expected;
    return `must be ${/^[aeio]/.test(expected) ? "an" : "a"} ${expected}`;
  }
  if (issue.code === "too_big" && issue.origin === "array")
    return `must have at most ${issue.maximum} entries`;
  if (issue.code === "too_small" && issue.origin === "array")
    return `must have at least ${issue.minimum} entries`;
  if (issue.code === "too_small" && issue.origin === "string")
    return `must have at least ${issue.minimum === 1 ? "1 character" : `${issue.minimum} characters`}`;
  if (issue.code === "too_big" && issue.origin === "string")
    return `must have at most ${issue.maximum} characters`;
  return undefined;
}

/** The problems that a schema found in an input. */
export const inputErrorsOf = (error: z.ZodError, input: unknown): InputError[] =>
  error.issues.flatMap((issue) => translate(issue, input, []));
