/*
 * `?view=` in the address shows one thing alone, for slides and lessons: `sphere`, or a panel by its name (the
 * `data-panel` of its section; saved files have it too). The experiment stays in the part behind `#`.
 */

/** What is shown alone; null where the whole page is. */
export const viewOf = (search: string): string | null => new URLSearchParams(search).get("view") || null;

/** Shows it alone; gives the tab that holds it, where that is known from the start. */
export function showAlone(view: string): string | undefined {
  document.documentElement.dataset.view = view === "sphere" ? "sphere" : "panel";
  // panels come and go with the run: a rule, and not a mark on each
  const chosen = `[data-panel="${CSS.escape(view)}"]`;
  const rule = new CSSStyleSheet();
  rule.replaceSync(`[data-view="panel"] .panel:not(${chosen}) { display: none; }`);
  document.adoptedStyleSheets.push(rule);
  const pane = document.querySelector(chosen)?.closest('[role="tabpanel"]');
  return pane?.id.replace("pane-", "");
}
