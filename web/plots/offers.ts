import type { View } from "../../src/figures/figure.ts";
import { element } from "../elements/element.ts";
import type { Board } from "./board.ts";

/** An observable that may be added to an experiment. */
export interface Offer {
  readonly type: string;
  readonly title: string;
}

/** Observables that a view could show in addition, and how to add them. */
export interface Offering {
  of(view: View): readonly Offer[];
  add(type: string): void;
}

/** "firstPassage" as "first passage". */
const inWords = (type: string): string => type.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Observables that a view could show and the experiment lacks, each with a button that adds it. */
export class Offers {
  readonly node: HTMLElement = element("section", { class: "offers" });
  readonly #view: View;
  readonly #offering: Offering;
  readonly #empty: string;
  #shown = "";

  /** `empty`: text for a view without anything else. */
  constructor(view: View, offering: Offering, empty: string) {
    this.#view = view;
    this.#offering = offering;
    this.#empty = empty;
  }

  update({ experiment, started }: Board): void {
    const asked = new Set(experiment?.observables.map(({ type }) => type as string) ?? []);
    const all = experiment ? this.#offering.of(this.#view) : [];
    const offers = all.filter(({ type }) => !asked.has(type));
    const isEmpty = started !== null && offers.length === all.length && all.length > 0;
    const key = `${isEmpty} ${offers.map(({ type }) => type).join()}`;
    if (key === this.#shown) return;
    this.#shown = key;
    this.node.hidden = offers.length === 0;
    this.node.classList.toggle("panel", isEmpty);
    this.node.replaceChildren(
      ...(isEmpty ? [element("p", {}, this.#empty)] : []),
      element(
        "ul",
        {},
        ...offers.map(({ type, title }) =>
          element(
            "li",
            {},
            element(
              "button",
              { type: "button", "data-add": type, title, click: () => this.#offering.add(type) },
              `Add ${inWords(type)}`,
            ),
            isEmpty ? element("span", { class: "meaning" }, title) : null,
          ),
        ),
      ),
    );
  }
}
