import { byId, element } from "../elements/element.ts";

/*
 * `?view=` in the address shows one thing alone, for slides and lessons: `sphere`, or a panel by its name (the
 * `data-panel` of its section; saved files have it too). The experiment stays in the part behind `#`.
 */

/** Shows only the part that the address names; returns its tab, if there is one and it is known from the start. */
export function tabOfView(search: string): string | undefined {
  const view = new URLSearchParams(search).get("view");
  if (!view) return undefined;
  document.documentElement.dataset.view = view === "sphere" ? "sphere" : "panel";
  // a style rule instead of a mark on each panel, because panels come and go with the run
  const chosen = `[data-panel="${CSS.escape(view)}"]`;
  const rule = new CSSStyleSheet();
  rule.replaceSync(`[data-view="panel"] .panel:not(${chosen}) { display: none; }`);
  document.adoptedStyleSheets.push(rule);
  if (view !== "sphere") nameOthers(view, chosen);
  const pane = document.querySelector(chosen)?.closest('[role="tabpanel"]');
  return pane?.id.replace("pane-", "");
}

/** Says, where no panel of the name is shown, which there are; panels come and go with the run. */
function nameOthers(view: string, chosen: string): void {
  const words = element("p", { class: "no-view", role: "status" });
  byId("panes").before(words);
  const update = (): void => {
    const panels = [...document.querySelectorAll<HTMLElement>(".panel[data-panel]")];
    const shown = panels.filter((panel) => !panel.hidden);
    const names = new Set(["sphere", ...shown.map((panel) => panel.dataset.panel as string)]);
    const text = shown.some((panel) => panel.matches(chosen))
      ? ""
      : `There is no panel “${view}” with this experiment. There are: ${[...names].join(", ")}.`;
    words.hidden = text === "";
    if (words.textContent !== text) words.textContent = text;
  };
  update();
  const filter = ["hidden", "data-panel"];
  const watched = { subtree: true, childList: true, attributes: true, attributeFilter: filter };
  new MutationObserver(update).observe(byId("panes"), watched);
}
