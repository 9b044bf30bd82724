/*
 * A value as a JSON tree and the typed arrays in it. Every number is restored bit for bit: numbers that JSON cannot
 * hold are written as text.
 */

const kinds = {
  Float64Array,
  Float32Array,
  BigUint64Array,
  Uint32Array,
  Int32Array,
  Uint8Array,
} as const;

export type ArrayKind = keyof typeof kinds;
export type TypedArray = InstanceType<(typeof kinds)[ArrayKind]>;

/** Placeholder in the tree for a value that JSON cannot hold. */
const [arrayKey, numberKey] = ["$array", "$number"];

const kindOf = (value: object): ArrayKind | undefined =>
  (Object.keys(kinds) as ArrayKind[]).find((kind) => value instanceof kinds[kind]);

export const isArrayKind = (name: unknown): name is ArrayKind =>
  typeof name === "string" && Object.hasOwn(kinds, name);

/** An array of zeros. */
export const arrayOf = (kind: ArrayKind, length: number): TypedArray => new kinds[kind](length);

/** The bytes of an array, without a copy. */
export const bytesOf = (array: TypedArray): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** The tree of plain objects, lists, texts and numbers; typed arrays go to the list. Throws TypeError for anything else. */
export function pack(value: unknown, arrays: TypedArray[]): unknown {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { [numberKey]: Object.is(value, -0) ? "-0" : String(value) };
    case "string":
    case "boolean":
    case "undefined":
      return value;
    case "object": {
      if (value === null) return null;
      if (Array.isArray(value)) return value.map((item) => pack(item, arrays));
      if (kindOf(value)) return { [arrayKey]: arrays.push(value as TypedArray) - 1 };
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pack(inner, arrays)]));
    }
    default:
      throw new TypeError(`a checkpoint holds no ${typeof value}`);
  }
}

/** The value that `pack` was given. Throws TypeError if the tree names an array that is missing. */
export function unpack(tree: unknown, arrays: readonly TypedArray[]): unknown {
  if (typeof tree !== "object" || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map((item) => unpack(item, arrays));
  const entries = Object.entries(tree);
  if (entries.length === 1) {
    const [[key, inner]] = entries;
    if (key === numberKey) return Number(inner);
    if (key === arrayKey) {
      const array = arrays[inner as number];
      if (!array) throw new TypeError("an array is missing");
      return array;
    }
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, unpack(inner, arrays)]));
}
