import { readable } from "./readable.ts";

const spans = [
  [2 * 86_400, 86_400, "days"],
  [7200, 3600, "hours"],
  [120, 60, "minutes"],
] as const;

/** "about 3 hours" */
export function duration(seconds: number): string {
  const [, size, unit] = spans.find(([from]) => seconds >= from) ?? [0, 1, "s"];
  const value = Number((seconds / size).toPrecision(2));
  return value < 0.01 ? "less than 0.01 s" : `about ${readable(value)} ${unit}`;
}
