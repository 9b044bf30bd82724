import { z } from "zod";
import { own } from "../expression/own.ts";

/*
 * Parameters are checked before anything is computed, and every problem is listed at once:
 * "layers[1].asymmetry must be in (-1, 1), got 1.2".
 */

const bounded =
  (rule: string, limit: (number: z.ZodNumber, error: { error: string }) => z.ZodNumber) =>
  (unit: string, description: string) => {
    const error = { error: `must be ${rule}` };
    return limit(z.number(error), error).meta({ description: `${description} (${unit})`, unit });
  };

/** Number schemas with their unit and their rule in words. */
export const anyNumber = bounded("a finite number", (number) => number);
export const positive = bounded("> 0", (number, error) => number.positive(error));
export const notNegative = bounded(">= 0", (number, error) => number.nonnegative(error));
/** Asymmetries: at ±1 one channel carries no current, which the two-channel formulas exclude. */
export const insideUnit = bounded("in (-1, 1)", (number, error) => number.gt(-1, error).lt(1, error));

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null
        ? own(value as Record<string, unknown>, String(key))
        : undefined,
    input,
  );

const shown = (value: unknown): string =>
  typeof value === "number" || value === undefined ? String(value) : JSON.stringify(value);

function describe(issue: z.core.$ZodIssue, input: unknown, root: string): string[] {
  const at = (extra: readonly PropertyKey[] = []) =>
    pathText([...issue.path, ...extra]).replace(/^\./, "") || root;
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => `${at([key])} is not known`);
  const value = valueAt(input, issue.path);
  if (!issue.message.startsWith("must")) return [`${at()}: ${issue.message}, got ${shown(value)}`];
  const whole = issue.code === "custom" && typeof value === "object";
  return [whole ? `${at()} ${issue.message}` : `${at()} ${issue.message}, got ${shown(value)}`];
}

interface Check<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly input: unknown;
  /** Replaces the path if the problem is the whole input. */
  readonly root: string;
}

/** Several checked inputs, in order; all their problems are listed together. */
export function checkedAll<Schemas extends readonly z.ZodType[]>(
  ...checks: { [K in keyof Schemas]: Check<Schemas[K]> }
): { [K in keyof Schemas]: z.output<Schemas[K]> } {
  const results = checks.map(({ schema, input }) => schema.safeParse(input));
  const problems = results.flatMap((result, i) =>
    result.success
      ? []
      : result.error.issues.flatMap((issue) => describe(issue, checks[i].input, checks[i].root)),
  );
  if (problems.length > 0) throw new RangeError(problems.join("\n"));
  return results.map((result) => result.data) as { [K in keyof Schemas]: z.output<Schemas[K]> };
}

/**
 * The checked input with its defaults filled in.
 * @throws RangeError listing every problem with its path, the rule and the value.
 */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  root: string,
): z.output<Schema> {
  return checkedAll<[Schema]>({ schema, input, root })[0];
}
