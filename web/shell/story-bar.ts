import { byId, element } from "../elements/element.ts";
import type { Story, StoryStep } from "../presets/story.ts";

/** The open story: its step, its explanation, and the buttons to other steps. */
export class StoryBar {
  readonly #host = byId("story");
  readonly #go: (step: StoryStep, place: string) => void;
  readonly #left: () => void;

  /** `go`: the user has chosen a step, given by its name. */
  constructor(go: (step: StoryStep, place: string) => void, left: () => void) {
    this.#go = go;
    this.#left = left;
  }

  /** Shows the text of a step; `begin` also opens its experiment. */
  open(story: Story, at: number, begin: boolean): void {
    const step = story.steps[at];
    const move = (to: number, word: string, id: string): HTMLElement =>
      element(
        "button",
        {
          type: "button",
          id,
          disabled: story.steps[to] === undefined,
          click: () => {
            this.open(story, to, true);
            (byId<HTMLButtonElement>(id).disabled ? byId("story-end") : byId(id)).focus();
          },
        },
        word,
      );
    this.#host.replaceChildren(
      element("div", {}, element("h2", {}, `${story.title}: ${step.title}`), element("p", {}, step.text)),
      element(
        "div",
        { class: "ways", role: "group", "aria-label": "steps of the story" },
        element("span", { class: "meaning" }, `${at + 1} of ${story.steps.length}`),
        move(at - 1, "Back", "story-back"),
        move(at + 1, "Next", "story-next"),
        element("button", { type: "button", id: "story-end", click: () => this.end() }, "Leave"),
      ),
    );
    this.#host.hidden = false;
    if (begin) this.#go(step, `${story.id}.${at + 1}`);
  }

  /** Leaves the story; its experiment stays. */
  end(): void {
    if (this.#host.hidden) return;
    this.#host.hidden = true;
    this.#host.replaceChildren();
    this.#left();
  }
}
