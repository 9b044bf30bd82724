import { isObject } from "../../src/experiment/plain-object.ts";
import { own } from "../../src/expression/own.ts";

/** Plain data and the difference between two of them, as paths to values. */

export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };
export type PlainObject = { readonly [key: string]: Plain };

const same = (a: Plain | undefined, b: Plain | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Paths that differ, with their new values; null for a removed key. */
export function difference(from: PlainObject, to: PlainObject): Record<string, Plain> {
  const out: Record<string, Plain> = {};
  const walk = (a: Plain | undefined, b: Plain | undefined, path: string): void => {
    if (same(a, b)) return;
    if (isObject(a) && isObject(b) && a.type === b.type) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
        walk(own(a, key), own(b, key), path === "" ? key : `${path}.${key}`);
      return;
    }
    if (Array.isArray(a) && Array.isArray(b) && a.length === b.length && path !== "") {
      for (const [i, x] of a.entries()) walk(x, b[i], `${path}.${i}`);
      return;
    }
    out[path] = b ?? null;
  };
  walk(from, to, "");
  return out;
}

/** A copy with the value at a path replaced; null removes a key. */
export function withValue(base: PlainObject, path: string, value: Plain): PlainObject {
  const keys = path.split(".");
  if (keys.some((key) => ["__proto__", "constructor", "prototype"].includes(key))) return base;
  const put = (holder: Plain | undefined, depth: number): Plain => {
    if (depth === keys.length) return value;
    const key = keys[depth];
    if (Array.isArray(holder)) {
      const list = [...holder];
      list[Number(key)] = put(list[Number(key)], depth + 1);
      return list;
    }
    const copy: Record<string, Plain> = isObject(holder) ? { ...holder } : {};
    if (value === null && depth === keys.length - 1) delete copy[key];
    else copy[key] = put(own(copy, key), depth + 1);
    return copy;
  };
  return put(base, 0) as PlainObject;
}

export const valueAt = (base: Plain | undefined, path: string): Plain | undefined =>
  path
    .split(".")
    .reduce<Plain | undefined>(
      (value, key) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, key)
          ? (value as { [key: string]: Plain })[key]
          : undefined,
      base,
    );

/** A base with differences applied. */
export const applied = (base: PlainObject, changes: Readonly<Record<string, Plain>>): PlainObject =>
  Object.entries(changes).reduce((value, [path, change]) => withValue(value, path, change), base);
