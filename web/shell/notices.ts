import { byId, element } from "../elements/element.ts";

/** One-line notices above the page, one for each key; a notice stays until it is dismissed or withdrawn. */
export function notice(
  key: string,
  text: string | null,
  kind: "plain" | "bad" = "plain",
  action?: readonly [string, () => void],
): void {
  const host = byId("notices");
  host.querySelector(`[data-key="${key}"]`)?.remove();
  if (text === null) return;
  const line = element(
    "p",
    { "data-key": key, class: kind },
    element("span", {}, text),
    action ? element("button", { type: "button", class: "act", click: action[1] }, action[0]) : null,
    element("button", { type: "button", "aria-label": "dismiss", click: () => line.remove() }, "×"),
  );
  host.append(line);
}
