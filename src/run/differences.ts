/** One place where two results differ. */
export interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Keys that differ between any two runs: times, and descriptions of the machine. */
const passing = new Set([
  "wallSeconds",
  "seconds",
  "secondsStepping",
  "secondsResampling",
  "spinStepsPerSecond",
  "adapter",
  "choice",
  "version",
  "commit",
  "deviceLosses",
]);

/** Every place where two results (plain data) differ, apart from keys that a repeated run need not reproduce. */
export function differences(before: unknown, after: unknown, path = ""): Difference[] {
  if (Object.is(before, after)) return [];
  const isHolder = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null;
  if (!isHolder(before) || !isHolder(after) || Array.isArray(before) !== Array.isArray(after))
    return [{ path, before, after }];
  if (Array.isArray(before) && Array.isArray(after) && before.length !== after.length)
    return [{ path: `${path}.length`, before: before.length, after: after.length }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => Array.isArray(before) || !passing.has(key),
  );
  return keys.flatMap((key) => differences(before[key], after[key], path === "" ? key : `${path}.${key}`));
}
