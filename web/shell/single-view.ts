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
  const pane = document.querySelector(chosen)?.closest('[role="tabpanel"]');
  return pane?.id.replace("pane-", "");
}
