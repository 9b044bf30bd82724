import { largest, smallest } from "../numerics/extremes.ts";
import type { Table } from "../sweep/table.ts";

/** Numbers of a column; null where there is none. */
export type Numbers = readonly (number | null)[];

/** Numbers of a column; null where it has none. */
export const numbersOf = (table: Table, name: string): Numbers | undefined => {
  const found = table.columns.find((column) => column.name === name);
  if (!found) return undefined;
  const values = found.values.map((value) => (typeof value === "number" ? value : null));
  return values.some((value) => value !== null) ? values : undefined;
};

/** Positive values over two decades and more. */
export const isLogarithmic = (values: Numbers): boolean => {
  const given = values.filter((value) => value !== null);
  return given.length > 0 && given.every((x) => x > 0) && largest(given) / smallest(given) > 100;
};

export const axisType = (values: Numbers): object => (isLogarithmic(values) ? { type: "log" } : {});
