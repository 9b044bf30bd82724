import { byId } from "../elements/element.ts";
import type { Board } from "../plots/board.ts";

/** Keeps the displayed run for comparison, or releases the kept one. */
export function keepButton(board: Board, changed: () => void): void {
  const button = byId("keep");
  button.addEventListener("click", () => {
    if (board.kept) board.kept = null;
    else board.keep();
    button.setAttribute("aria-pressed", String(board.kept !== null));
    button.textContent = board.kept ? "Let go" : "Keep";
    changed();
  });
}
