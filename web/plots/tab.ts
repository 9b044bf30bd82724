import type { Board } from "./board.ts";

/** One view of a run. `update` is called after every record, and when the tab is opened. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly node: HTMLElement;
  update(board: Board): void;
  /** Whether the tab has content; absent: always. */
  wanted?(board: Board): boolean;
  /** Called when the tab is opened. */
  opened?(): void;
}
