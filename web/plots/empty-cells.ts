import type { Cell } from "../workers/messages.ts";
import type { MapQuantity } from "./map-quantities.ts";

/** Number of reasons that are shown. */
const mostReasons = 2;

/** Why a cell lacks some or all of the quantities; null if it has all. */
function reasonOf(cell: Cell, quantities: readonly Pick<MapQuantity, "of">[]): string | null {
  if (!("row" in cell)) return cell.reason;
  const { row } = cell;
  if (quantities.every(({ of }) => of(row) !== null)) return null;
  const [first] = row.reasons;
  return first ? `${first.quantity}: ${first.reason}` : "not known";
}

/** Number of cells of a map with missing figures, and the reasons, the most frequent first; empty if there are none. */
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
