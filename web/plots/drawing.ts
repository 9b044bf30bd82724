import type { Table } from "../values/table.ts";

export interface Drawing {
  readonly traces: readonly object[];
  readonly layout: object;
  readonly table: Table;
  /** One line for those who do not see the plot. */
  readonly words?: string;
}
