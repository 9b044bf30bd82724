/** Whether a value of JSON has keys, so is neither a list nor null. */
export const isObject = (x: unknown): x is { readonly [key: string]: unknown } =>
  typeof x === "object" && x !== null && !Array.isArray(x);
