/** Path of the first number in a plain result that is not finite; undefined if there is none. */
function brokenPath(of: unknown, path: string): string | undefined {
  if (typeof of === "number") return Number.isFinite(of) ? undefined : path;
  if (typeof of !== "object" || of === null) return undefined;
  for (const [key, value] of Object.entries(of)) {
    const found = brokenPath(value, path === "" ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Returns a result if all its numbers are finite: absurdly large inputs overflow float64, and JSON would write that as
 * null.
 * @throws RangeError naming the first figure that is not
 */
export function requireFinite<Result>(result: Result): Result {
  const path = brokenPath(result, "");
  if (path === undefined) return result;
  throw new RangeError(`${path} overflows: a number is too large or too small by far; is a unit wrong?`);
}
