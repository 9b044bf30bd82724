import { upLevels } from "../../src/traces/up-level.ts";
import type { Reading } from "../workers/data-messages.ts";

const numberIn = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

const listIn = <T>(value: unknown, type: string): readonly T[] | undefined =>
  Array.isArray(value) && value.length > 0 && value.every((x) => typeof x === type) ? value : undefined;

/** Options for reading files, from a link; absent ones come from the files. */
export function readingOf(text: string | undefined): Reading {
  if (text === undefined) return {};
  try {
    const found = (JSON.parse(text) ?? {}) as Partial<Record<keyof Reading, unknown>>;
    const { bandwidth, swept } = found;
    return {
      columns: listIn<string>(found.columns, "string"),
      sampleTime: numberIn(found.sampleTime),
      bandwidth: bandwidth === null ? null : numberIn(bandwidth),
      levels: numberIn(found.levels),
      up: upLevels.find((level) => level === found.up),
      mains: numberIn(found.mains),
      drift: numberIn(found.drift),
      ...(typeof swept === "string" ? { swept, values: listIn<number>(found.values, "number") } : {}),
    };
  } catch {
    return {};
  }
}
