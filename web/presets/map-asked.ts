import { haveOneSign } from "../../src/numerics/between.ts";
import type { MapAsked, MapAxis } from "./preset.ts";

const mostPoints = 101;

/** Whether a map may have so many points along an axis. */
export const isCount = (count: unknown): count is number =>
  Number.isInteger(count) && Number(count) >= 2 && Number(count) <= mostPoints;

/** Whether a map may go from one value to another. */
export const isRange = (from: number, to: number): boolean =>
  Number.isFinite(from) && Number.isFinite(to) && from !== to;

function axisOf(value: unknown): MapAxis | null {
  const { path, from, to, count, scale } = (value ?? {}) as Partial<Record<keyof MapAxis, unknown>>;
  if (typeof path !== "string" || typeof from !== "number" || typeof to !== "number") return null;
  if (!isCount(count) || !isRange(from, to)) return null;
  const isLog = scale === "log" && haveOneSign(from, to);
  return { path, from, to, count, ...(isLog ? { scale: "log" } : {}) };
}

/** A map from a link; null if it is not valid. */
export function readMap(text: string | undefined): MapAsked | null {
  if (text === undefined) return null;
  try {
    const { x, y, ensembles } = (JSON.parse(text) ?? {}) as Partial<Record<keyof MapAsked, unknown>>;
    const [first, second] = [axisOf(x), axisOf(y)];
    const isTwo = second !== null && second.path !== first?.path;
    const over = ensembles === true ? ({ ensembles } as const) : {};
    return first && { x: first, ...(isTwo ? { y: second } : {}), ...over };
  } catch {
    return null;
  }
}
