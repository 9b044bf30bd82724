import { element } from "../elements/element.ts";
import { isCount } from "../presets/map-asked.ts";
import type { MapAsked, MapAxis } from "../presets/preset.ts";

/** A number of the experiment that can be varied, with ends that suit it. */
export interface Variable {
  readonly path: string;
  readonly name: string;
  readonly unit: string;
  readonly from: number;
  readonly to: number;
}

const counts = { one: 33, two: 13 } as const;

/** Which numbers a map is over, from where to where and in how many steps. */
export class MapControls {
  readonly node: HTMLElement = element("div", { class: "map-controls" });
  readonly #changed: (asked: MapAsked) => void;
  #variables: readonly Variable[] = [];
  #asked: MapAsked | null = null;
  #key = "";

  constructor(changed: (asked: MapAsked) => void) {
    this.#changed = changed;
  }

  get asked(): MapAsked | null {
    return this.#asked;
  }

  /** What may be varied; what was asked for stays where it still can be. */
  offer(variables: readonly Variable[], asked: MapAsked | null): void {
    const paths = variables.map(({ path }) => path);
    const has = (axis: MapAxis | undefined): boolean => axis === undefined || paths.includes(axis.path);
    const wanted = asked && has(asked.x) && has(asked.y) ? asked : null;
    this.#variables = variables;
    this.#asked = wanted ?? (variables.length > 0 ? { x: this.#axis(variables[0], counts.one) } : null);
    const key = JSON.stringify([paths, this.#asked]);
    if (key === this.#key) return;
    this.#key = key;
    this.#make();
  }

  #axis({ path, from, to }: Variable, count: number): MapAxis {
    return { path, from, to, count };
  }

  #ask(asked: MapAsked): void {
    this.#asked = asked;
    this.#key = "";
    this.#make();
    this.#changed(asked);
  }

  #make(): void {
    const asked = this.#asked;
    if (!asked) {
      this.node.replaceChildren();
      return;
    }
    this.node.replaceChildren(
      this.#row("over", asked.x, false, (x) => x && this.#ask({ ...asked, x })),
      this.#row("and", asked.y, true, (y) => {
        const count = y ? counts.two : counts.one;
        const x = !y === !asked.y ? asked.x : { ...asked.x, count };
        this.#ask(y ? { x, y } : { x });
      }),
    );
  }

  #row(
    word: string,
    axis: MapAxis | undefined,
    optional: boolean,
    changed: (axis: MapAxis | undefined) => void,
  ): HTMLElement {
    const own = this.#variables.find(({ path }) => path === axis?.path);
    const select = element(
      "select",
      { "aria-label": `the map is ${word}` },
      ...(optional ? [element("option", { value: "" }, "nothing else")] : []),
      ...this.#variables.map(({ path, name }) =>
        element("option", { value: path, selected: path === axis?.path, title: path }, name),
      ),
    );
    select.addEventListener("change", () => {
      const variable = this.#variables.find(({ path }) => path === select.value);
      changed(variable && this.#axis(variable, axis?.count ?? counts.two));
    });
    const number = (label: string, key: "from" | "to" | "count"): HTMLElement | null => {
      if (!axis) return null;
      const input = element("input", {
        type: "text",
        inputmode: "decimal",
        class: "number",
        "aria-label": `${label} of ${own?.name ?? axis.path}`,
        value: String(axis[key]),
      });
      input.addEventListener("change", () => {
        const value = Number(input.value);
        const sound = input.value.trim() !== "" && Number.isFinite(value);
        if (!sound || (key === "count" && !isCount(value))) input.value = String(axis[key]);
        else changed({ ...axis, [key]: value });
      });
      return element("label", {}, `${label} `, input);
    };
    return element(
      "div",
      { class: "map-axis" },
      element("label", {}, `${word} `, select),
      number("from", "from"),
      number("to", "to"),
      axis ? element("span", { class: "unit" }, own?.unit ?? "") : null,
      number("points", "count"),
    );
  }
}
