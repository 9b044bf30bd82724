import type { Cell } from "../workers/messages.ts";
import type { MapQuantity } from "./map-quantities.ts";

/** Reasons that are said. */
const mostReasons = 2;

/** Why a cell has none of some quantities or not all of them; null where it has all. */
function reasonOf(cell: Cell, quantities: readonly Pick<MapQuantity, "of">[]): string | null {
  if (!("row" in cell)) return cell.reason;
  const { row } = cell;
  if (quantities.every(({ of }) => of(row) !== null)) return null;
  const [first] = row.reasons;
  return first ? `${first.quantity}: ${first.reason}` : "not known";
}

/** How many cells of a map lack something and why, the most frequent reason first; empty where none does. */
export function emptyWords(
  cells: readonly (Cell | undefined)[],
  quantities: readonly Pick<MapQuantity, "of">[],
): string {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const reason = cell ? reasonOf(cell, quantities) : null;
    if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  if (counts.size === 0) return "";
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const all = sorted.reduce((sum, [, count]) => sum + count, 0);
  const said = sorted.slice(0, mostReasons).map(([reason, count]) => `${reason} (${count})`);
  const others = sorted.length - said.length;
  return `${all} of ${cells.length} without a figure: ${said.join("; ")}${others > 0 ? `; ${others} more reasons` : ""}.`;
}
