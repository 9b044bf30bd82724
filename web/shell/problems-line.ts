import { byId } from "../elements/element.ts";
import { notice } from "./notices.ts";

function showFirst(): void {
  const place = document.querySelector<HTMLElement>('#form [aria-invalid="true"]') ?? byId("controls");
  place.closest("details")?.setAttribute("open", "");
  place.scrollIntoView({ block: "center" });
  place.focus();
}

/** States at the top that the run differs from the written experiment, with a link to the first problem. */
export function sayProblems(count: number, isShown: boolean): void {
  if (count === 0) {
    notice("problems", null);
    return;
  }
  const runs = isShown ? "showing the last valid run" : "nothing runs yet";
  const words = `${count} ${count === 1 ? "problem" : "problems"}; ${runs}.`;
  notice("problems", words, "bad", ["show", showFirst]);
}
