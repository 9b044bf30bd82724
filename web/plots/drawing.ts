import type { Table } from "../values/table.ts";

/** What a plot waits for: its place is kept, so that nothing moves when it comes. */
export interface Waiting {
  readonly waitsFor: string;
}

export const waiting = (waitsFor: string): Waiting => ({ waitsFor });
export const firstRecord: Waiting = waiting("Waiting for the first record.");

export interface Drawing {
  readonly traces: readonly object[];
  readonly layout: object;
  readonly table: Table;
  /** One line for those who do not see the plot. */
  readonly words?: string;
}
