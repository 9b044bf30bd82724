import type { Table } from "../values/table.ts";

/** Text of a plot without data yet; its space is reserved, so that nothing moves later. */
export interface Waiting {
  readonly waitsFor: string;
}

export const waiting = (waitsFor: string): Waiting => ({ waitsFor });
export const firstRecord: Waiting = waiting("Waiting for the first record.");

export interface Drawing {
  readonly traces: readonly object[];
  readonly layout: object;
  readonly table: Table;
  /** One line for readers who cannot see the plot. */
  readonly words?: string;
}
