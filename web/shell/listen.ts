import { byId, isTyping } from "../elements/element.ts";
import type { Board } from "../plots/board.ts";
import { presetOf } from "../presets/index.ts";
import { storyOf } from "../presets/stories/index.ts";
import type { Laboratory } from "../state/laboratory.ts";
import type { Address } from "./address.ts";
import { keepButton } from "./keep-button.ts";
import { share } from "./share.ts";
import type { StoryBar } from "./story-bar.ts";
import type { Tabs } from "./tabs.ts";

export interface Listening {
  readonly laboratory: Laboratory;
  readonly address: Address;
  readonly board: Board;
  readonly tabs: Tabs;
  readonly story: StoryBar;
  /** The user or a link has changed the address. */
  opened(): void;
}

/** Actions of the buttons at the top and of keys, wherever the focus is. */
export function listen({ laboratory, address, board, tabs, story, opened }: Listening): void {
  const select = byId<HTMLSelectElement>("preset");
  select.addEventListener("change", () => {
    const chosen = storyOf(select.value.replace("story ", ""));
    if (chosen) return story.open(chosen.story, chosen.step, true);
    const preset = presetOf(select.value);
    if (!preset) return;
    story.end();
    void laboratory.choose(preset);
    tabs.open(preset.tab, true);
  });
  byId("undo").addEventListener("click", () => void laboratory.undo());
  byId("redo").addEventListener("click", () => void laboratory.redo());
  byId("share").addEventListener("click", () => {
    address.write();
    void share();
  });
  keepButton(board, () => tabs.update());
  byId("form").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", opened);
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    // in a text field it undoes typing
    if (isTyping(event.target) && !(event.target instanceof HTMLSelectElement)) return;
    event.preventDefault();
    void (event.shiftKey ? laboratory.redo() : laboratory.undo());
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => tabs.update());
}
