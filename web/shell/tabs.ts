import { byId, element } from "../elements/element.ts";
import type { Board } from "../plots/board.ts";
import type { Tab } from "../plots/tab.ts";

/** Tabs after the pattern of ARIA: arrow keys move, only the chosen one is in the tab order. */
export class Tabs {
  #tabs: readonly Tab[];
  #open: string;
  readonly #board: Board;
  readonly #chosen: (id: string) => void;

  constructor(tabs: readonly Tab[], board: Board, chosen: (id: string) => void) {
    this.#tabs = tabs;
    this.#board = board;
    this.#chosen = chosen;
    this.#open = tabs[0].id;
    const list = byId("tablist");
    for (const tab of tabs) {
      const button = element(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${tab.id}`,
          "aria-controls": `pane-${tab.id}`,
          hidden: tab.wanted !== undefined,
          click: () => this.open(tab.id, true),
          keydown: (event: Event) => this.#key(event as KeyboardEvent),
        },
        tab.title,
      );
      list.append(button);
      byId("panes").append(
        element(
          "div",
          {
            role: "tabpanel",
            id: `pane-${tab.id}`,
            "aria-labelledby": button.id,
            tabindex: "0",
            hidden: true,
          },
          tab.node,
        ),
      );
    }
    this.open(this.#open);
  }

  get present(): string {
    return this.#open;
  }

  open(id: string, byHand = false): void {
    const tab = this.#tabs.find((candidate) => candidate.id === id);
    if (!tab) return;
    this.#open = id;
    for (const { id: other } of this.#tabs) {
      const button = byId(`tab-${other}`);
      button.setAttribute("aria-selected", String(other === id));
      button.tabIndex = other === id ? 0 : -1;
      byId(`pane-${other}`).hidden = other !== id;
    }
    tab.opened?.();
    tab.update(this.#board);
    if (byHand) this.#chosen(id);
  }

  update(): void {
    for (const { id, wanted } of this.#tabs)
      if (wanted) byId(`tab-${id}`).hidden = !wanted(this.#board) && id !== this.#open;
    this.#tabs.find(({ id }) => id === this.#open)?.update(this.#board);
  }

  #key(event: KeyboardEvent): void {
    const tabs = this.#tabs.filter(({ id }) => !byId(`tab-${id}`).hidden);
    const at = tabs.findIndex(({ id }) => id === this.#open);
    const moves: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: tabs.length - 1,
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    this.open(next.id, true);
    byId(`tab-${next.id}`).focus();
  }
}
